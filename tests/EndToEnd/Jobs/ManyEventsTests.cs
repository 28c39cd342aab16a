using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;

namespace Darkroom.EndToEnd;

/// <summary><c>GET /api/events</c>: several jobs and batches, and the gate, over one connection.</summary>
[Trait(TestApp.Needs, TestApp.OwnApp)]
[Collection(OneSlotApp.AnotherName)]
public sealed class ManyEventsTests(OneSlotApp app) : OneSlotTest(app)
{
    [Fact]
    public async Task Events_SeveralJobs_ShowEachUntilItsEndAndThenEnd()
    {
        App.Takes(1);
        var jobs = new List<string>();
        for (var i = 0; i < 3; i++)
            jobs.Add(TestApp.IdOf(await App.PostAsync(new { prompt = TestApp.NewPrompt("one of three"), size = "64x64" })));
        var events = await ReadAsync($"{string.Join('&', jobs.Select(id => $"job={id}"))}&job=unheard-of");

        Assert.Equal("""{"kind":"job","id":"unheard-of"}""", Assert.Single(events, one => one.EventType == "missing").Data);
        foreach (var id in jobs)
        {
            var states = events.Where(one => one.EventType == "job").Select(one => JsonNode.Parse(one.Data)!.AsObject())
                .Where(job => TestApp.IdOf(job) == id).ToArray();
            Assert.Equal("succeeded", TestApp.StatusOf(states[^1]));
            Assert.Single(states[^1]["images"]!.AsArray());
            Assert.Equal(states.Length, states.DistinctBy(job => job["updatedAt"]!.ToString() + job["progress"]).Count());
        }
    }

    [Fact]
    public async Task Events_BatchAndGate_ShowTheirStates()
    {
        App.IsInstant();
        using var answer = await App.SendAsync(
            HttpMethod.Post, "api/batches", new { items = new[] { new { prompt = TestApp.NewPrompt("in a batch"), size = "64x64" } } });
        var batch = TestApp.IdOf(await App.ReadAsync(answer, HttpStatusCode.Accepted));
        var events = await ReadAsync($"batch={batch}&gate=true", until: one => one.Data.Contains("\"finished\"", StringComparison.Ordinal));
        Assert.Equal(batch, TestApp.IdOf(JsonNode.Parse(events.Last(one => one.EventType == "batch").Data)!.AsObject()));
        Assert.All(
            events.Where(one => one.EventType == "gate"), one => Assert.Equal(1, JsonNode.Parse(one.Data)!["slots"]!.GetValue<int>()));
        Assert.Contains(events, one => one.EventType == "gate");
    }

    [Fact]
    public async Task Events_NothingToFollow_IsRefused()
    {
        using var answer = await App.Http.GetAsync("api/events?job=a/b");
        var problem = await App.ReadAsync(answer, HttpStatusCode.BadRequest);
        Assert.NotNull(problem["errors"]!["job"]);
    }

    private async Task<List<SseItem<string>>> ReadAsync(string query, Func<SseItem<string>, bool>? until = null)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var answer = await App.Http.GetAsync($"api/events?{query}", HttpCompletionOption.ResponseHeadersRead, limit.Token);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        await using var body = await answer.Content.ReadAsStreamAsync(limit.Token);
        var events = new List<SseItem<string>>();
        await foreach (var one in SseParser.Create(body).EnumerateAsync(limit.Token))
        {
            events.Add(one);
            if (until?.Invoke(one) == true)
                break;
        }

        return events;
    }
}
