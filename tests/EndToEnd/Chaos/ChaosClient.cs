using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Xunit.Sdk;

namespace Darkroom.EndToEnd.Chaos;

/// <summary>One client: it starts jobs and batches, watches, cancels and resubmits, one after the other, until the time is over.</summary>
internal sealed class ChaosClient(ChaosCluster cluster, ChaosCaller caller, ChaosCheck check, ChaosReport report, Random chance)
{
    private const int BatchItems = 5;
    private const int MaxResubmits = 2;

    public async Task RunAsync(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            try
            {
                await (chance.Next(10) == 0 ? BatchAsync() : JobAsync());
            }
            catch (TimeoutException exception)
            {
                report.Broken(Promise.NeverHang, exception.Message);
            }
            catch (XunitException exception)
            {
                report.Broken(Promise.NeverLieAboutState, exception.Message);
            }
        }
    }

    private async Task JobAsync()
    {
        var trouble = ChaosTrouble.Choose(chance);
        // The scenarios are counted by prompt, so only a calm job has several tasks.
        var job = new ChaosJob(cluster, caller, report, trouble.Scenario is null && chance.Next(5) == 0 ? 3 : 1, trouble);
        await job.SubmitAsync(callers: chance.Next(1, 4));
        var following = chance.Next(3) == 0 ? job.FollowAsync() : Task.CompletedTask;
        if (chance.Next(6) == 0)
        {
            // At any moment of its life.
            for (var look = chance.Next(4); look > 0; look--)
                await job.LookAsync("?wait=1&until=change");
            await job.CancelAsync();
        }

        var end = await job.EndAsync();
        await following;
        for (var resubmit = 0; resubmit < MaxResubmits && IsWorthAResubmit(job, end); resubmit++)
        {
            await job.ResubmitAsync();
            end = await job.EndAsync();
        }

        await check.EndedAsync(job, end);
        cluster.Upstream.Scenarios.Withdraw(job.Prompt);
    }

    private bool IsWorthAResubmit(ChaosJob job, JsonObject end)
    {
        if (TestApp.StatusOf(end) is not ("submissionUnknown" or "partiallySucceeded"))
            return TestApp.StatusOf(end) == "canceled" && chance.Next(2) == 0;
        for (var task = 0; task < job.Tasks; task++)
            report.Count("attempts unknown");
        return true;
    }

    private async Task BatchAsync()
    {
        var prompts = Enumerable.Range(0, BatchItems).Select(_ => TestApp.NewPrompt("chaos item")).ToArray();
        var lines = string.Join('\n', prompts.Select(prompt => $$"""{"prompt":"{{prompt}}","size":"64x64","customId":"{{prompt}}"}"""));
        var (status, batch) = await caller.AskAsync(
            HttpMethod.Post, "api/batches", () => new StringContent(lines, Encoding.UTF8, BatchSteps.Ndjson), prompts[0].Replace(' ', '-'));
        if (status is not (HttpStatusCode.Accepted or HttpStatusCode.OK))
        {
            report.Broken(Promise.NeverLieAboutState, $"a correct batch was answered with {status}: {batch.ToJsonString()}");
            return;
        }

        var path = $"api/batches/{TestApp.IdOf(batch)}";
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1));
        do
        {
            await pace.WaitForNextTickAsync();
            (_, batch) = await caller.AskAsync(HttpMethod.Get, path);
            BatchSteps.AssertAddsUp(batch);
        }
        while (TestApp.StatusOf(batch) != "finished");

        report.Count("batches finished");
        var lost = BatchItems - batch.Count("succeeded") - batch["unknown"]!.GetValue<int>();
        if (lost != 0)
            report.Broken(Promise.NeverLoseAPaidPicture, $"{lost} items of the batch are lost: {batch.ToJsonString()}");
        for (var item = 0; item < batch["unknown"]!.GetValue<int>(); item++)
            report.Count("attempts unknown");
        foreach (var prompt in prompts)
            check.PaidOnce(prompt, maxTasks: 1);
        var answered = Encoding.UTF8.GetString(await caller.DownloadAsync($"{path}/results"))
            + Encoding.UTF8.GetString(await caller.DownloadAsync($"{path}/errors"));
        foreach (var prompt in prompts.Where(prompt => answered.Split(prompt).Length != 2))
            report.Broken(Promise.NeverLieAboutState, $"the item \"{prompt}\" has not one line in the results and errors: {answered}");
    }
}
