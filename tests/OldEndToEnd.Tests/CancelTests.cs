using System.Net;
using System.Text.Json.Nodes;

namespace Darkroom.Functions.Tests.EndToEnd;

[Trait(Workshop.Needs, Workshop.OwnApp)]
public sealed class CancelTests(QuietWorkshop workshop) : QuietTest(workshop)
{
    [Fact]
    public async Task A_job_that_waits_is_never_submitted()
    {
        var ahead = await Shop.HeldJobAsync();
        var prompt = Workshop.NewPrompt("canceled in the queue");
        var job = await Shop.PostAsync(new { prompt, size = "64x64" });
        var asked = await DeleteAsync(job, HttpStatusCode.Accepted);
        Assert.True(asked["cancelRequested"]!.GetValue<bool>());
        var end = await Shop.EndOfAsync(job);
        Assert.Equal("canceled", Workshop.StatusOf(end));
        Assert.True(end["cancelRequested"]!.GetValue<bool>());
        Assert.Equal("/docs/errors#canceled", end["error"]!["type"]!.GetValue<string>());
        Assert.Contains("nothing was paid", end["error"]!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(0, Shop.PostsOf(prompt));
        Shop.Finish();
        Assert.Equal("succeeded", Workshop.StatusOf(await Shop.EndOfAsync(ahead)));
        // It was there, also when everything else of it is purged.
        using var purge = await Shop.Http.DeleteAsync($"runtime/webhooks/durabletask/instances/{Workshop.IdOf(job)}");
        Assert.Equal(HttpStatusCode.OK, purge.StatusCode);
        using var gone = await Shop.Http.GetAsync($"api/images/{Workshop.IdOf(job)}");
        Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
    }

    [Fact]
    public async Task A_job_that_is_upstream_keeps_its_slot_and_its_picture_is_discarded()
    {
        Shop.Holds();
        var prompt = Workshop.NewPrompt("canceled upstream");
        var job = await Shop.PostAsync(new { prompt, size = "64x64" });
        await Shop.UntilAsync(job, one => Workshop.StatusOf(one) == "generating");
        var asked = await DeleteAsync(job, HttpStatusCode.Accepted);
        Assert.Contains("no way to cancel", asked["waiting"]!["reason"]!.GetValue<string>(), StringComparison.Ordinal);
        var again = await DeleteAsync(job, HttpStatusCode.Accepted);
        Assert.True(again["cancelRequested"]!.GetValue<bool>());
        var next = await Shop.PostAsync(new { prompt = Workshop.NewPrompt("next"), size = "64x64" });
        await Shop.UntilAsync(next, one => one["progress"]!["queuePosition"]?.GetValue<int>() == 1);

        Shop.IsInstant();
        var end = await Shop.EndOfAsync(job);
        Assert.Equal("canceled", Workshop.StatusOf(end));
        Assert.Contains("no way to cancel", end["error"]!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Empty(await Shop.BlobsOfAsync(job));
        await Shop.EndOfAsync(next);
        var tasks = Shop.Upstream.Tasks.All.Where(task => task.Body.Prompt.StartsWith("canceled upstream", StringComparison.Ordinal) || task.Body.Prompt.StartsWith("next", StringComparison.Ordinal)).ToArray();
        Assert.Equal(1, Simulator.Counters.MostTasksAtOnce(tasks));
    }

    [Fact]
    public async Task A_job_that_is_over_stays_as_it_is()
    {
        Shop.IsInstant();
        var job = await Shop.EndOfAsync(await Shop.PostAsync(new { prompt = Workshop.NewPrompt("over"), size = "64x64" }));
        var same = await DeleteAsync(job, HttpStatusCode.OK);
        Assert.Equal("succeeded", Workshop.StatusOf(same));
        Assert.False(same["cancelRequested"]!.GetValue<bool>());
        Assert.Equal(job["timeline"]!.ToJsonString(), same["timeline"]!.ToJsonString());
    }

    [Fact]
    public async Task A_job_of_several_tasks_is_canceled_as_a_whole()
    {
        Shop.Holds();
        var prompt = Workshop.NewPrompt("several");
        var job = await Shop.PostAsync(new { prompt, size = "64x64", count = 3 });
        await Shop.UntilAsync(job, one => Workshop.StatusOf(one) == "generating");
        await DeleteAsync(job, HttpStatusCode.Accepted);
        Shop.Finish();
        Assert.Equal("canceled", Workshop.StatusOf(await Shop.EndOfAsync(job)));
        Assert.Equal(1, Shop.PostsOf(prompt));
    }

    [Fact]
    public async Task A_durable_termination_is_a_cancellation_and_frees_the_slot()
    {
        Shop.Holds();
        var job = await Shop.PostAsync(new { prompt = Workshop.NewPrompt("terminated"), size = "64x64" });
        await Shop.UntilAsync(job, one => Workshop.StatusOf(one) == "generating");
        using var answer = await Shop.SendAsync(HttpMethod.Post, $"runtime/webhooks/durabletask/instances/{Workshop.IdOf(job)}/terminate?reason=enough");
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("canceled", Workshop.StatusOf(await Shop.EndOfAsync(job)));
        Shop.IsInstant();
        var next = await Shop.EndOfAsync(await Shop.PostAsync(new { prompt = Workshop.NewPrompt("after it"), size = "64x64" }));
        Assert.Equal("succeeded", Workshop.StatusOf(next));
        // The gate finds out by itself, within a minute.
        Assert.InRange(next["timings"]!["totalMs"]!.GetValue<long>(), 0, 60_000);
    }

    [Fact]
    public async Task A_durable_termination_of_several_tasks_stops_those_that_were_not_submitted()
    {
        Shop.Holds();
        var prompt = Workshop.NewPrompt("terminated together");
        var job = await Shop.PostAsync(new { prompt, size = "64x64", count = 3 });
        await Shop.UntilAsync(job, one => Workshop.StatusOf(one) == "generating");
        using var answer = await Shop.SendAsync(HttpMethod.Post, $"runtime/webhooks/durabletask/instances/{Workshop.IdOf(job)}/terminate?reason=enough");
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var end = await Shop.EndOfAsync(job);
        Assert.Equal("canceled", Workshop.StatusOf(end));
        Assert.Contains("was submitted before", end["error"]!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        using var early = await Shop.SendAsync(HttpMethod.Post, $"api/images/{Workshop.IdOf(job)}/resubmit");
        Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);

        Shop.IsInstant();
        // Behind the others in the queue: when it is served they have been, and were turned away.
        var next = await Shop.EndOfAsync(await Shop.PostAsync(new { prompt = Workshop.NewPrompt("behind them"), size = "64x64" }));
        Assert.Equal("succeeded", Workshop.StatusOf(next));
        Assert.Equal(1, Shop.PostsOf(prompt));
    }

    private async Task<JsonObject> DeleteAsync(JsonObject job, HttpStatusCode status)
    {
        using var answer = await Shop.Http.DeleteAsync($"api/images/{Workshop.IdOf(job)}");
        return await Shop.ReadAsync(answer, status);
    }
}
