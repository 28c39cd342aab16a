using System.Net;
using System.Text.Json.Nodes;

namespace Darkroom.EndToEnd;

[Trait(TestApp.Needs, TestApp.OwnApp)]
public sealed class CancelTests(OneSlotApp app) : OneSlotTest(app)
{
    [Fact]
    public async Task A_job_that_waits_is_never_submitted()
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
        // It was there, also when everything else of it is purged.
        using var purge = await App.Http.DeleteAsync($"runtime/webhooks/durabletask/instances/{TestApp.IdOf(job)}");
        Assert.Equal(HttpStatusCode.OK, purge.StatusCode);
        using var gone = await App.Http.GetAsync($"api/images/{TestApp.IdOf(job)}");
        Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
    }

    [Fact]
    public async Task A_job_that_is_upstream_keeps_its_slot_and_its_picture_is_discarded()
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
        Assert.Equal(1, Simulator.Counters.MostTasksAtOnce(tasks));
    }

    [Fact]
    public async Task A_job_that_is_over_stays_as_it_is()
    {
        App.IsInstant();
        var job = await App.EndOfAsync(await App.PostAsync(new { prompt = TestApp.NewPrompt("over"), size = "64x64" }));
        var same = await DeleteAsync(job, HttpStatusCode.OK);
        Assert.Equal("succeeded", TestApp.StatusOf(same));
        Assert.False(same["cancelRequested"]!.GetValue<bool>());
        Assert.Equal(job["timeline"]!.ToJsonString(), same["timeline"]!.ToJsonString());
    }

    [Fact]
    public async Task A_job_of_several_tasks_is_canceled_as_a_whole()
    {
        App.Holds();
        var prompt = TestApp.NewPrompt("several");
        var job = await App.PostAsync(new { prompt, size = "64x64", count = 3 });
        await App.UntilAsync(job, one => TestApp.StatusOf(one) == "generating");
        await DeleteAsync(job, HttpStatusCode.Accepted);
        // Its other tasks have heard of it when they no longer wait.
        await App.UntilGateAsync(gate => OneSlotApp.Waiting(gate) == 0);
        App.Finish();
        Assert.Equal("canceled", TestApp.StatusOf(await App.EndOfAsync(job)));
        Assert.Equal(1, App.PostsOf(prompt));
    }

    [Fact]
    public async Task A_durable_termination_is_a_cancellation_and_frees_the_slot()
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
        // The gate finds out by itself, within a minute.
        Assert.InRange(next["timings"]!["totalMs"]!.GetValue<long>(), 0, 60_000);
    }

    [Fact]
    public async Task A_durable_termination_of_several_tasks_stops_those_that_were_not_submitted()
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
        // Behind the others in the queue: when it is served they have been, and were turned away.
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
