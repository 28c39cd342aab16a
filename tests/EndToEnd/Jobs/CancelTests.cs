using System.Net;
using System.Text.Json.Nodes;

namespace Darkroom.EndToEnd;

[Trait(TestApp.Needs, TestApp.OwnApp)]
public sealed class CancelTests(OneSlotApp app) : OneSlotTest(app)
{
    [Fact]
    public async Task Cancel_WaitingJob_IsNeverSubmitted()
    {
        var ahead = await App.HeldJobAsync();
        var prompt = TestApp.NewPrompt("canceled in the queue");
        var job = await App.PostAsync(new { prompt, size = "64x64" });
        var asked = await DeleteAsync(job, HttpStatusCode.Accepted);
        Assert.True(asked["cancelRequested"]!.GetValue<bool>());
        var end = await App.EndOfAsync(job);
        Assert.Equal("canceled", TestApp.StatusOf(end));
        Assert.True(end["cancelRequested"]!.GetValue<bool>());
        Assert.Equal("/docs/errors#canceled", end["error"]!["type"]!.GetValue<string>());
        Assert.Contains("nothing was paid", end["error"]!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(0, App.PostsOf(prompt));
        App.Finish();
        Assert.Equal("succeeded", TestApp.StatusOf(await App.EndOfAsync(ahead)));
        // After the purge, the ledger still shows that the job existed.
        using var purge = await App.Http.DeleteAsync($"runtime/webhooks/durabletask/instances/{TestApp.IdOf(job)}");
        Assert.Equal(HttpStatusCode.OK, purge.StatusCode);
        using var gone = await App.Http.GetAsync($"api/images/{TestApp.IdOf(job)}");
        Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
    }

    [Fact]
    public async Task Cancel_RunningJob_KeepsItsSlotAndDiscardsThePicture()
    {
        App.Holds();
        var prompt = TestApp.NewPrompt("canceled upstream");
        var job = await App.PostAsync(new { prompt, size = "64x64" });
        await App.UntilAsync(job, one => TestApp.StatusOf(one) == "generating");
        var asked = await DeleteAsync(job, HttpStatusCode.Accepted);
        Assert.Contains("no way to cancel", asked["waiting"]!["reason"]!.GetValue<string>(), StringComparison.Ordinal);
        var again = await DeleteAsync(job, HttpStatusCode.Accepted);
        Assert.True(again["cancelRequested"]!.GetValue<bool>());
        var next = await App.PostAsync(new { prompt = TestApp.NewPrompt("next"), size = "64x64" });
        await App.UntilAsync(next, one => one["progress"]!["queuePosition"]?.GetValue<int>() == 1);

        App.IsInstant();
        var end = await App.EndOfAsync(job);
        Assert.Equal("canceled", TestApp.StatusOf(end));
        Assert.Contains("no way to cancel", end["error"]!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Empty(await App.BlobsOfAsync(job));
        await App.EndOfAsync(next);
        var tasks = App.Upstream.Tasks.All.Where(
            task =>
                task.Body.Prompt.StartsWith("canceled upstream", StringComparison.Ordinal)
                    || task.Body.Prompt.StartsWith("next", StringComparison.Ordinal)).ToArray();
        Assert.Equal(1, Simulator.Counters.MaxTasksAtOnce(tasks));
    }

    [Fact]
    public async Task Cancel_EndedJob_ChangesNothing()
    {
        App.IsInstant();
        var job = await App.EndOfAsync(await App.PostAsync(new { prompt = TestApp.NewPrompt("over"), size = "64x64" }));
        var same = await DeleteAsync(job, HttpStatusCode.OK);
        Assert.Equal("succeeded", TestApp.StatusOf(same));
        Assert.False(same["cancelRequested"]!.GetValue<bool>());
        Assert.Equal(job["timeline"]!.ToJsonString(), same["timeline"]!.ToJsonString());
    }

    [Fact]
    public async Task Cancel_JobWithSeveralTasks_CancelsAllTasks()
    {
        App.Holds();
        var prompt = TestApp.NewPrompt("several");
        var job = await App.PostAsync(new { prompt, size = "64x64", count = 3 });
        await App.UntilAsync(job, one => TestApp.StatusOf(one) == "generating");
        await DeleteAsync(job, HttpStatusCode.Accepted);
        // The cancel has reached the other tasks when none of them waits at the gate any more.
        await App.UntilGateAsync(gate => OneSlotApp.Waiting(gate) == 0);
        App.Finish();
        Assert.Equal("canceled", TestApp.StatusOf(await App.EndOfAsync(job)));
        Assert.Equal(1, App.PostsOf(prompt));
    }

    [Fact]
    public async Task Terminate_RunningJob_IsACancelAndFreesTheSlot()
    {
        App.Holds();
        var job = await App.PostAsync(new { prompt = TestApp.NewPrompt("terminated"), size = "64x64" });
        await App.UntilAsync(job, one => TestApp.StatusOf(one) == "generating");
        using var answer = await App.SendAsync(
            HttpMethod.Post, $"runtime/webhooks/durabletask/instances/{TestApp.IdOf(job)}/terminate?reason=enough");
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("canceled", TestApp.StatusOf(await App.EndOfAsync(job)));
        App.IsInstant();
        var next = await App.EndOfAsync(await App.PostAsync(new { prompt = TestApp.NewPrompt("after it"), size = "64x64" }));
        Assert.Equal("succeeded", TestApp.StatusOf(next));
        // The gate's inspection frees the slot within a minute.
        Assert.InRange(next["timings"]!["totalMs"]!.GetValue<long>(), 0, 60_000);
    }

    [Fact]
    public async Task Terminate_JobWithSeveralTasks_StopsTheUnsubmittedOnes()
    {
        App.Holds();
        var prompt = TestApp.NewPrompt("terminated together");
        var job = await App.PostAsync(new { prompt, size = "64x64", count = 3 });
        await App.UntilAsync(job, one => TestApp.StatusOf(one) == "generating");
        using var answer = await App.SendAsync(
            HttpMethod.Post, $"runtime/webhooks/durabletask/instances/{TestApp.IdOf(job)}/terminate?reason=enough");
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var end = await App.EndOfAsync(job);
        Assert.Equal("canceled", TestApp.StatusOf(end));
        Assert.Contains("was submitted before", end["error"]!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        using var early = await App.SendAsync(HttpMethod.Post, $"api/images/{TestApp.IdOf(job)}/resubmit");
        Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);

        App.IsInstant();
        // This job is behind the other tasks in the queue. When it gets the slot, they have already been refused.
        var next = await App.EndOfAsync(await App.PostAsync(new { prompt = TestApp.NewPrompt("behind them"), size = "64x64" }));
        Assert.Equal("succeeded", TestApp.StatusOf(next));
        Assert.Equal(1, App.PostsOf(prompt));
    }

    private async Task<JsonObject> DeleteAsync(JsonObject job, HttpStatusCode status)
    {
        using var answer = await App.Http.DeleteAsync($"api/images/{TestApp.IdOf(job)}");
        return await App.ReadAsync(answer, status);
    }
}
