using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;

namespace Darkroom.EndToEnd.Chaos;

/// <summary>A job of a caller, from its first request to its end, with every state that the caller sees.</summary>
internal sealed class ChaosJob(ChaosCluster cluster, ChaosCaller caller, ChaosReport report, int tasks, ChaosTrouble trouble)
{
    private JsonObject? _last;

    public string Prompt { get; } = TestApp.NewPrompt("chaos");

    public int Tasks => tasks;

    public ChaosTrouble Trouble => trouble;

    /// <summary>The id; empty before <see cref="SubmitAsync"/>.</summary>
    public string Id { get; private set; } = "";

    /// <summary>How many requests to resubmit were sent. The answer to one can be lost, and the next one be a second resubmit.</summary>
    public int ResubmitsSent { get; private set; }

    public bool IsCancelSent { get; private set; }

    /// <summary>Submits the job from several callers at once, all with the same key.</summary>
    public async Task SubmitAsync(int callers)
    {
        if (trouble.Scenario is { } scenario)
            cluster.Upstream.Scenarios.Assign(scenario, Prompt, trouble.Times);
        var body = new { prompt = Prompt, size = "64x64", count = tasks, deadlineSeconds = 3600 };
        var answers = await Task.WhenAll(Enumerable.Range(0, callers).Select(
            _ => caller.AskAsync(HttpMethod.Post, "api/images", () => JsonContent.Create(body), Prompt.Replace(' ', '-'))));
        var wrong = answers.FirstOrDefault(answer => answer.Status is not (HttpStatusCode.Accepted or HttpStatusCode.OK));
        if (wrong.Body is not null)
            report.Broken(Promise.NeverLieAboutState, $"a correct job was answered with {wrong.Status}: {wrong.Body.ToJsonString()}");
        var ids = answers.Where(answer => answer.Body["id"] is not null).Select(answer => TestApp.IdOf(answer.Body)).Distinct().ToArray();
        if (ids.Length > 1)
            report.Broken(Promise.NeverPayTwice, $"one key started the jobs {string.Join(", ", ids)}");
        Id = ids[0];
    }

    /// <summary>Reads the job.</summary>
    public async Task<JsonObject> LookAsync(string query = "")
    {
        var (status, job) = await caller.AskAsync(HttpMethod.Get, $"api/images/{Id}{query}");
        if (status is HttpStatusCode.OK or HttpStatusCode.Accepted)
            return See(job);
        report.Broken(Promise.NeverLieAboutState, $"the job {Id} was accepted, and is answered with {status}");
        return _last ?? job;
    }

    /// <summary>Waits until the job has ended.</summary>
    public async Task<JsonObject> EndAsync()
    {
        JsonObject job;
        do
        {
            job = await LookAsync("?wait=20");
        }
        while (!ChaosSeen.HasEnded(job));
        return job;
    }

    /// <summary>Follows the events of the job to its end. A stream that was cut off is resumed.</summary>
    public async Task FollowAsync()
    {
        var last = -1;
        var hasEnded = false;
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (!hasEnded && await pace.WaitForNextTickAsync())
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, $"api/images/{Id}/events");
                if (last >= 0)
                    request.Headers.Add("Last-Event-ID", $"{last}");
                using var answer = await (await cluster.AnyAsync()).SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                if (!answer.IsSuccessStatusCode)
                    continue;
                await foreach (var item in SseParser.Create(await answer.Content.ReadAsStreamAsync()).EnumerateAsync())
                {
                    var (number, job) = (int.Parse(item.EventId!), JsonNode.Parse(item.Data)!.AsObject());
                    if (number != last + 1)
                        report.Broken(Promise.NeverLieAboutState, $"event {number} of the job {Id} came after event {last}");
                    last = number;
                    hasEnded = ChaosSeen.HasEnded(job);
                }
            }
            catch (Exception exception) when (ChaosCaller.IsInterruption(exception))
            {
                report.Count("event streams cut off");
            }
        }
    }

    public async Task CancelAsync()
    {
        IsCancelSent = true;
        await caller.AskAsync(HttpMethod.Delete, $"api/images/{Id}");
    }

    public async Task ResubmitAsync()
    {
        var (status, _) = await caller.AskAsync(
            HttpMethod.Post,
            $"api/images/{Id}/resubmit",
            () =>
            {
                ResubmitsSent++;
                return null;
            });
        // 409: an earlier request, whose answer was lost, has resubmitted it.
        if (status is not (HttpStatusCode.Accepted or HttpStatusCode.OK or HttpStatusCode.Conflict))
            report.Broken(Promise.NeverLieAboutState, $"the resubmit of the job {Id} is answered with {status}");
    }

    private JsonObject See(JsonObject job)
    {
        if (_last is { } before && ChaosSeen.Contradiction(before, job) is { } contradiction)
            report.Broken(Promise.NeverLieAboutState, $"job {Id}: {contradiction}\n{before.ToJsonString()}\n{job.ToJsonString()}");
        _last = job;
        return job;
    }
}
