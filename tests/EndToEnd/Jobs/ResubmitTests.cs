using System.Net;
using System.Text.Json.Nodes;

namespace Darkroom.EndToEnd;

public sealed class ResubmitTests(TestApp app)
{
    [Fact]
    public async Task Resubmit_UnknownSubmit_PostsAgain()
    {
        var prompt = TestApp.NewPrompt("unknown");
        app.Upstream.Scenarios.Assign("submit-cut", prompt, 1);
        var job = await app.EndOfAsync(await app.PostAsync(new { prompt, size = "64x64" }));
        Assert.Equal("submissionUnknown", TestApp.StatusOf(job));
        Assert.Equal(1, app.PostsOf(prompt));

        var again = await ResubmitAsync(job, HttpStatusCode.Accepted);
        Assert.Equal((TestApp.IdOf(job), 2), (TestApp.IdOf(again), again["attempt"]!.GetValue<int>()));
        var end = await app.EndOfAsync(job);
        Assert.Equal(("succeeded", 2), (TestApp.StatusOf(end), end["attempt"]!.GetValue<int>()));
        Assert.Equal(2, app.PostsOf(prompt));
        // The timeline also contains the first attempt.
        Assert.Contains(end["timeline"]!.AsArray(), entry => entry!["status"]!.GetValue<string>() == "submissionUnknown");
        Assert.Equal(
            Enumerable.Range(0, end["timeline"]!.AsArray().Count),
            end["timeline"]!.AsArray().Select(entry => entry!["n"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Resubmit_ExpiredTask_LooksAtTheOldTaskFirst()
    {
        var prompt = TestApp.NewPrompt("slow look");
        app.Upstream.Scenarios.Assign("look-502", prompt);
        var job = await app.EndOfAsync(await app.PostAsync(new { prompt, size = "64x64", deadlineSeconds = 1 }));
        Assert.Equal("expired", TestApp.StatusOf(job));
        var task = job["upstream"]![0]!["taskId"]!.GetValue<string>();

        app.Upstream.Scenarios.Withdraw(prompt);
        await ResubmitAsync(job, HttpStatusCode.Accepted);
        // The scenario stays assigned to the existing task, so its looks fail again. The job expires again, without a second POST.
        var end = await app.EndOfAsync(job);
        Assert.Equal(task, end["upstream"]![0]!["taskId"]!.GetValue<string>());
        Assert.Equal(1, app.PostsOf(prompt));
    }

    [Fact]
    public async Task Resubmit_PictureUnavailable_DownloadsWithoutANewTask()
    {
        var prompt = TestApp.NewPrompt("dead for long");
        // The download fails more often than one attempt retries it.
        app.Upstream.Scenarios.Assign("picture-500", prompt, 40);
        var job = await app.EndOfAsync(await app.PostAsync(new { prompt, size = "64x64" }));
        Assert.Equal("/docs/errors#picture-unavailable", job["error"]!["type"]!.GetValue<string>());
        var end = job;
        for (var attempt = 0; attempt < 4 && TestApp.StatusOf(end) != "succeeded"; attempt++)
        {
            await ResubmitAsync(job, HttpStatusCode.Accepted);
            end = await app.EndOfAsync(job);
        }

        Assert.Equal("succeeded", TestApp.StatusOf(end));
        Assert.Equal(1, app.PostsOf(prompt));
    }

    [Fact]
    public async Task Resubmit_FailedTask_PostsANewTask()
    {
        var prompt = TestApp.NewPrompt("fails once");
        app.Upstream.Scenarios.Assign("failed-errors", prompt);
        var job = await app.EndOfAsync(await app.PostAsync(new { prompt, size = "64x64" }));
        Assert.Equal("/docs/errors#upstream-failed", job["error"]!["type"]!.GetValue<string>());
        app.Upstream.Scenarios.Withdraw(prompt);
        await ResubmitAsync(job, HttpStatusCode.Accepted);
        Assert.Equal("succeeded", TestApp.StatusOf(await app.EndOfAsync(job)));
        Assert.Equal(2, app.PostsOf(prompt));
    }

    [Fact]
    public async Task Resubmit_PartialSuccess_PostsOnlyTheMissingTasks()
    {
        var prompt = TestApp.NewPrompt("partly");
        // The first of the three submits is refused.
        app.Upstream.Scenarios.Assign("bad-parameter", prompt, 1);
        var job = await app.EndOfAsync(await app.PostAsync(new { prompt, size = "64x64", count = 3, seed = 5 }));
        Assert.Equal("partiallySucceeded", TestApp.StatusOf(job));
        var before = PicturesOf(job);
        Assert.Equal(2, before.Count);
        Assert.Equal(3, app.PostsOf(prompt));

        await ResubmitAsync(job, HttpStatusCode.Accepted);
        var end = await app.EndOfAsync(job);
        Assert.Equal("succeeded", TestApp.StatusOf(end));
        Assert.Equal([0, 1, 2], PicturesOf(end).Select(picture => picture.Index).Order());
        Assert.Subset(PicturesOf(end), before);
        Assert.Equal(4, app.PostsOf(prompt));
    }

    [Fact]
    public async Task Resubmit_SucceededOrRunning_Is409()
    {
        var done = await app.EndOfAsync(await app.PostAsync(new { prompt = TestApp.NewPrompt("done"), size = "64x64" }));
        Assert.Equal("/docs/errors#conflict", (await ResubmitAsync(done, HttpStatusCode.Conflict))["type"]!.GetValue<string>());
        var prompt = TestApp.NewPrompt("running");
        app.Upstream.Scenarios.Assign("never-ends", prompt);
        var running = await app.PostAsync(new { prompt, size = "64x64", deadlineSeconds = 2 });
        await ResubmitAsync(running, HttpStatusCode.Conflict);
        await app.EndOfAsync(running);
    }

    [Fact]
    public async Task Restart_DurableInstance_NeverPostsAgain()
    {
        var prompt = TestApp.NewPrompt("restarted");
        var job = await app.EndOfAsync(await app.PostAsync(new { prompt, size = "64x64" }));
        using var same = await app.SendAsync(
            HttpMethod.Post, $"runtime/webhooks/durabletask/instances/{TestApp.IdOf(job)}/restart?restartWithNewInstanceId=false");
        Assert.Equal(HttpStatusCode.Accepted, same.StatusCode);
        Assert.Equal("succeeded", TestApp.StatusOf(await app.EndOfAsync(job)));
        using var other = await app.SendAsync(HttpMethod.Post, $"runtime/webhooks/durabletask/instances/{TestApp.IdOf(job)}/restart");
        var started = await app.ReadAsync(other, HttpStatusCode.Accepted);
        using var foreign = await app.Http.GetAsync($"api/images/{started["id"]!.GetValue<string>()}");
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        await app.EndOfAsync(job);
        Assert.Equal(1, app.PostsOf(prompt));
    }

    private static HashSet<(int Index, string Sha256)> PicturesOf(JsonObject job) =>
        [.. job["images"]!.AsArray().Select(image => (image!["index"]!.GetValue<int>(), image["sha256"]!.GetValue<string>()))];

    private async Task<JsonObject> ResubmitAsync(JsonObject job, HttpStatusCode status)
    {
        using var answer = await app.SendAsync(HttpMethod.Post, $"api/images/{TestApp.IdOf(job)}/resubmit");
        return await app.ReadAsync(answer, status);
    }
}
