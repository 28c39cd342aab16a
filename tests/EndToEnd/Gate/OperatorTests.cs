using System.Net;
using System.Text.Json.Nodes;

namespace Darkroom.EndToEnd;

/// <summary>The calls of an operator: pause, resume, and another priority for a waiting job.</summary>
[Trait(TestApp.Needs, TestApp.OwnApp)]
[Collection(OneSlotApp.AnotherName)]
public sealed class OperatorTests(OneSlotApp app) : OneSlotTest(app)
{
    [Fact]
    public async Task Pause_SurvivesACrashAndEndsByResume()
    {
        var running = await App.HeldJobAsync();
        var paused = await PostAsync("api/gate/pause", new { reason = "deploying 1.2" });
        Assert.Equal("deploying 1.2", paused["paused"]!["reason"]!.GetValue<string>());
        Assert.Null(paused["paused"]!["until"]);
        var prompt = TestApp.NewPrompt("paused");
        var job = await App.PostAsync(new { prompt, size = "64x64" });
        // A running task goes on.
        App.IsInstant();
        Assert.Equal("succeeded", TestApp.StatusOf(await App.EndOfAsync(running)));

        await App.CrashAsync();
        Assert.NotNull((await App.GateAsync())["paused"]);
        var waiting = await App.UntilAsync(job, now => now["stage"]!.GetValue<string>() == "paused");
        Assert.Equal("queued", TestApp.StatusOf(waiting));
        Assert.Contains("deploying 1.2", waiting["waiting"]!["reason"]!.GetValue<string>());
        Assert.Equal(0, App.PostsOf(prompt));

        Assert.Null((await PostAsync("api/gate/resume", null))["paused"]);
        Assert.Equal("succeeded", TestApp.StatusOf(await App.EndOfAsync(job)));
        Assert.Equal(1, App.PostsOf(prompt));
        // A resume without a pause changes nothing.
        Assert.Null((await PostAsync("api/gate/resume", null))["paused"]);
    }

    [Fact]
    public async Task Pause_TaskIsUpstream_ShowsThatNothingIsBeingSubmitted()
    {
        var running = await App.HeldJobAsync();
        await PostAsync("api/gate/pause", new { reason = "deployment" });

        await App.UntilGateAsync(gate => gate["submitting"]!.GetValue<int>() == 0 && gate["inUse"]!.GetValue<int>() == 1);

        await PostAsync("api/gate/resume", null);
        App.IsInstant();
        Assert.Equal("succeeded", TestApp.StatusOf(await App.EndOfAsync(running)));
    }

    [Fact]
    public async Task Pause_WithATime_EndsByItself()
    {
        var until = DateTime.UtcNow.AddSeconds(3);
        var gate = await PostAsync("api/gate/pause", new { until });
        Assert.Equal(until, gate["paused"]!["until"]!.GetValue<DateTime>().ToUniversalTime());
        var job = await App.EndOfAsync(await App.PostAsync(new { prompt = TestApp.NewPrompt("soon"), size = "64x64" }));
        Assert.Equal("succeeded", TestApp.StatusOf(job));
        Assert.True(job["timeline"]!.AsArray()[1]!["at"]!.GetValue<DateTime>().ToUniversalTime() >= until);
        Assert.Null((await App.GateAsync())["paused"]);
    }

    [Theory]
    [InlineData("""{"reason":7}""", "reason")]
    [InlineData("""{"until":"2020-01-01T00:00:00Z"}""", "until")]
    [InlineData("""{"until":"2099-01-01T00:00:00"}""", "until")]
    [InlineData("""{"until":"tomorrow"}""", "until")]
    [InlineData("""{"why":"x"}""", "why")]
    [InlineData("[]", "body")]
    [InlineData("{", "body")]
    public async Task Pause_InvalidBody_NamesTheFieldAndPausesNothing(string body, string field)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await App.Http.PostAsync("api/gate/pause", content);
        var problem = await App.ReadAsync(answer, HttpStatusCode.BadRequest);
        Assert.True(problem["errors"]!.AsObject().ContainsKey(field), problem.ToJsonString());
        Assert.Null((await App.GateAsync())["paused"]);
    }

    [Fact]
    public async Task Patch_WaitingJob_MovesItToTheOtherLane()
    {
        var running = await App.HeldJobAsync();
        var bulk = await App.PostAsync(new { prompt = TestApp.NewPrompt("bulk"), size = "64x64", priority = "bulk" });
        await App.UntilAsync(bulk, job => job["progress"]!["queuePosition"]?.GetValue<int>() == 1);
        var person = await App.PostAsync(new { prompt = TestApp.NewPrompt("person"), size = "64x64" });
        await App.UntilAsync(bulk, job => job["progress"]!["queuePosition"]?.GetValue<int>() == 2);

        var moved = await PatchAsync(bulk, new { priority = "interactive" }, HttpStatusCode.Accepted);
        Assert.Equal("interactive", moved["request"]!["priority"]!.GetValue<string>());
        await App.UntilAsync(bulk, job => job["progress"]!["queuePosition"]?.GetValue<int>() == 1);
        Assert.Equal("interactive", (await App.GetAsync(TestApp.IdOf(bulk)))["request"]!["priority"]!.GetValue<string>());

        await PatchAsync(running, new { priority = "bulk" }, HttpStatusCode.Conflict);
        App.IsInstant();
        foreach (var job in new[] { bulk, person, running })
            Assert.Equal("succeeded", TestApp.StatusOf(await App.EndOfAsync(job)));
        await PatchAsync(bulk, new { priority = "bulk" }, HttpStatusCode.Conflict);
    }

    [Theory]
    [InlineData("""{"priority":"high"}""", "priority")]
    [InlineData("""{"priority":null}""", "priority")]
    [InlineData("{}", "priority")]
    [InlineData("""{"priority":"bulk","prompt":"other"}""", "prompt")]
    [InlineData("[]", "body")]
    public async Task Patch_InvalidBody_NamesTheField(string body, string field)
    {
        var job = await App.EndOfAsync(await App.PostAsync(new { prompt = TestApp.NewPrompt("patched"), size = "64x64" }));
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await App.Http.PatchAsync($"api/images/{TestApp.IdOf(job)}", content);
        var problem = await App.ReadAsync(answer, HttpStatusCode.BadRequest);
        Assert.True(problem["errors"]!.AsObject().ContainsKey(field), problem.ToJsonString());
    }

    [Fact]
    public async Task Patch_UnknownJob_IsNotFound()
    {
        using var answer = await App.SendAsync(HttpMethod.Patch, "api/images/unknown", new { priority = "bulk" });
        await App.ReadAsync(answer, HttpStatusCode.NotFound);
    }

    private async Task<JsonObject> PostAsync(string path, object? body)
    {
        using var answer = await App.SendAsync(HttpMethod.Post, path, body);
        return await App.ReadAsync(answer, HttpStatusCode.OK);
    }

    private async Task<JsonObject> PatchAsync(JsonObject job, object body, HttpStatusCode expected)
    {
        using var answer = await App.SendAsync(HttpMethod.Patch, $"api/images/{TestApp.IdOf(job)}", body);
        return await App.ReadAsync(answer, expected);
    }
}
