using System.Net;
using System.Text.Json.Nodes;

namespace Darkroom.Functions.Tests.EndToEnd;

public sealed class ResubmitTests(Workshop workshop)
{
    [Fact]
    public async Task An_unknown_submit_is_posted_again_only_when_somebody_says_so()
    {
        var prompt = Workshop.NewPrompt("unknown");
        workshop.Upstream.Scenarios.Assign("submit-cut", prompt, 1);
        var job = await workshop.EndOfAsync(await workshop.PostAsync(new { prompt, size = "64x64" }));
        Assert.Equal("submissionUnknown", Workshop.StatusOf(job));
        Assert.Equal(1, workshop.PostsOf(prompt));

        var again = await ResubmitAsync(job, HttpStatusCode.Accepted);
        Assert.Equal((Workshop.IdOf(job), 2), (Workshop.IdOf(again), again["attempt"]!.GetValue<int>()));
        var end = await workshop.EndOfAsync(job);
        Assert.Equal(("succeeded", 2), (Workshop.StatusOf(end), end["attempt"]!.GetValue<int>()));
        Assert.Equal(2, workshop.PostsOf(prompt));
        // The first attempt is part of the story.
        Assert.Contains(end["timeline"]!.AsArray(), entry => entry!["status"]!.GetValue<string>() == "submissionUnknown");
        Assert.Equal(Enumerable.Range(0, end["timeline"]!.AsArray().Count), end["timeline"]!.AsArray().Select(entry => entry!["n"]!.GetValue<int>()));
    }

    [Fact]
    public async Task An_expired_task_is_looked_at_before_a_new_one_is_posted()
    {
        var prompt = Workshop.NewPrompt("slow look");
        workshop.Upstream.Scenarios.Assign("look-502", prompt);
        var job = await workshop.EndOfAsync(await workshop.PostAsync(new { prompt, size = "64x64", deadlineSeconds = 1 }));
        Assert.Equal("expired", Workshop.StatusOf(job));
        var task = job["upstream"]![0]!["taskId"]!.GetValue<string>();

        workshop.Upstream.Scenarios.Clear();
        await ResubmitAsync(job, HttpStatusCode.Accepted);
        // Upstream's trouble was with that task's looks; the scenario stays with the task, so it expires once more, and is still not posted.
        var end = await workshop.EndOfAsync(job);
        Assert.Equal(task, end["upstream"]![0]!["taskId"]!.GetValue<string>());
        Assert.Equal(1, workshop.PostsOf(prompt));
    }

    [Fact]
    public async Task A_picture_that_could_not_be_fetched_is_fetched_without_a_new_task()
    {
        var prompt = Workshop.NewPrompt("dead for long");
        // More often than a job has patience for.
        workshop.Upstream.Scenarios.Assign("picture-500", prompt, 40);
        var job = await workshop.EndOfAsync(await workshop.PostAsync(new { prompt, size = "64x64" }));
        Assert.Equal("/docs/errors#picture-unavailable", job["error"]!["type"]!.GetValue<string>());
        var end = job;
        for (var attempt = 0; attempt < 4 && Workshop.StatusOf(end) != "succeeded"; attempt++)
        {
            await ResubmitAsync(job, HttpStatusCode.Accepted);
            end = await workshop.EndOfAsync(job);
        }

        Assert.Equal("succeeded", Workshop.StatusOf(end));
        Assert.Equal(1, workshop.PostsOf(prompt));
    }

    [Fact]
    public async Task A_failed_task_is_given_up_and_a_new_one_posted()
    {
        var prompt = Workshop.NewPrompt("fails once");
        workshop.Upstream.Scenarios.Assign("failed-errors", prompt);
        var job = await workshop.EndOfAsync(await workshop.PostAsync(new { prompt, size = "64x64" }));
        Assert.Equal("/docs/errors#upstream-failed", job["error"]!["type"]!.GetValue<string>());
        workshop.Upstream.Scenarios.Clear();
        await ResubmitAsync(job, HttpStatusCode.Accepted);
        Assert.Equal("succeeded", Workshop.StatusOf(await workshop.EndOfAsync(job)));
        Assert.Equal(2, workshop.PostsOf(prompt));
    }

    [Fact]
    public async Task Of_a_partial_success_only_the_missing_tasks_are_posted_and_fill_their_holes()
    {
        var prompt = Workshop.NewPrompt("partly");
        // The first of the three submits is refused.
        workshop.Upstream.Scenarios.Assign("bad-parameter", prompt, 1);
        var job = await workshop.EndOfAsync(await workshop.PostAsync(new { prompt, size = "64x64", count = 3, seed = 5 }));
        Assert.Equal("partiallySucceeded", Workshop.StatusOf(job));
        var before = PicturesOf(job);
        Assert.Equal(2, before.Count);
        Assert.Equal(3, workshop.PostsOf(prompt));

        await ResubmitAsync(job, HttpStatusCode.Accepted);
        var end = await workshop.EndOfAsync(job);
        Assert.Equal("succeeded", Workshop.StatusOf(end));
        Assert.Equal([0, 1, 2], PicturesOf(end).Select(picture => picture.Index).Order());
        Assert.Subset(PicturesOf(end), before);
        Assert.Equal(4, workshop.PostsOf(prompt));
    }

    [Fact]
    public async Task What_succeeded_or_is_under_way_is_409()
    {
        var done = await workshop.EndOfAsync(await workshop.PostAsync(new { prompt = Workshop.NewPrompt("done"), size = "64x64" }));
        Assert.Equal("/docs/errors#conflict", (await ResubmitAsync(done, HttpStatusCode.Conflict))["type"]!.GetValue<string>());
        var prompt = Workshop.NewPrompt("running");
        workshop.Upstream.Scenarios.Assign("never-ends", prompt);
        var running = await workshop.PostAsync(new { prompt, size = "64x64", deadlineSeconds = 2 });
        await ResubmitAsync(running, HttpStatusCode.Conflict);
        await workshop.EndOfAsync(running);
    }

    [Fact]
    public async Task A_durable_restart_or_rewind_never_posts_again()
    {
        var prompt = Workshop.NewPrompt("restarted");
        var job = await workshop.EndOfAsync(await workshop.PostAsync(new { prompt, size = "64x64" }));
        using var same = await workshop.SendAsync(HttpMethod.Post, $"runtime/webhooks/durabletask/instances/{Workshop.IdOf(job)}/restart?restartWithNewInstanceId=false");
        Assert.Equal(HttpStatusCode.Accepted, same.StatusCode);
        Assert.Equal("succeeded", Workshop.StatusOf(await workshop.EndOfAsync(job)));
        using var other = await workshop.SendAsync(HttpMethod.Post, $"runtime/webhooks/durabletask/instances/{Workshop.IdOf(job)}/restart");
        var started = await workshop.ReadAsync(other, HttpStatusCode.Accepted);
        using var foreign = await workshop.Http.GetAsync($"api/images/{started["id"]!.GetValue<string>()}");
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        await workshop.EndOfAsync(job);
        Assert.Equal(1, workshop.PostsOf(prompt));
    }

    private static HashSet<(int Index, string Sha256)> PicturesOf(JsonObject job) =>
        [.. job["images"]!.AsArray().Select(image => (image!["index"]!.GetValue<int>(), image["sha256"]!.GetValue<string>()))];

    private async Task<JsonObject> ResubmitAsync(JsonObject job, HttpStatusCode status)
    {
        using var answer = await workshop.SendAsync(HttpMethod.Post, $"api/images/{Workshop.IdOf(job)}/resubmit");
        return await workshop.ReadAsync(answer, status);
    }
}
