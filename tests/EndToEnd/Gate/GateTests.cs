using System.Net;
using System.Text.Json.Nodes;

namespace Darkroom.EndToEnd;

[Trait(TestApp.Needs, TestApp.OwnApp)]
public sealed class GateTests(OneSlotApp app) : OneSlotTest(app)
{
    [Fact]
    public async Task GetGate_BusySlot_ShowsHolderAndWaitingJobs()
    {
        App.Holds();
        var jobs = new List<JsonObject>();
        foreach (var priority in new[] { "interactive", "bulk", "interactive" })
            jobs.Add(await App.PostAsync(new { prompt = TestApp.NewPrompt("gate"), size = "64x64", priority }));
        await App.UntilAsync(jobs[0], job => TestApp.StatusOf(job) == "generating");
        await App.UntilAsync(jobs[1], job => job["progress"]!["queuePosition"]?.GetValue<int>() == 2);
        var gate = await App.GateAsync();
        Assert.Equal((1, 1), (gate["slots"]!.GetValue<int>(), gate["inUse"]!.GetValue<int>()));
        Assert.Equal((1, 1), (gate["waiting"]!["interactive"]!.GetValue<int>(), gate["waiting"]!["bulk"]!.GetValue<int>()));
        Assert.Null(gate["coolDown"]);
        Assert.True(gate.ContainsKey("credits"));
        App.IsInstant();
        foreach (var job in jobs)
            Assert.Equal("succeeded", TestApp.StatusOf(await App.EndOfAsync(job)));
        // The interactive job goes before the bulk job that was posted earlier.
        Assert.True(SubmittedAt(jobs[2]) < SubmittedAt(jobs[1]));
    }

    [Fact]
    public async Task Slots_One_AllowsOneTaskUpstreamAtATime()
    {
        App.Takes(0.1);
        var prompts = Enumerable.Range(0, 12).Select(_ => TestApp.NewPrompt("one at a time")).ToArray();
        var jobs = await Task.WhenAll(prompts.Select(prompt => App.PostAsync(new { prompt, size = "64x64" })));
        foreach (var job in jobs)
            Assert.Equal("succeeded", TestApp.StatusOf(await App.EndOfAsync(job)));
        var tasks = App.Upstream.Tasks.All.Where(task => prompts.Contains(task.Body.Prompt)).ToArray();
        Assert.Equal(12, tasks.Length);
        Assert.Equal(1, Simulator.Counters.MaxTasksAtOnce(tasks));
    }

    [Fact]
    public async Task Gate_TerminatedAndPurged_IsStartedByTheNextJob()
    {
        var running = await App.HeldJobAsync();
        // The next job starts a new gate.
        await App.RenewGateAsync();
        App.IsInstant();
        var next = await App.EndOfAsync(await App.PostAsync(new { prompt = TestApp.NewPrompt("after"), size = "64x64" }));
        Assert.Equal("succeeded", TestApp.StatusOf(next));
        Assert.Equal("succeeded", TestApp.StatusOf(await App.EndOfAsync(running)));
    }

    [Fact]
    public async Task Gate_Terminated_IsStartedByTheTimerAndServesWaitingJobs()
    {
        var running = await App.HeldJobAsync();
        var waiting = await App.PostAsync(new { prompt = TestApp.NewPrompt("waits"), size = "64x64" });
        await App.UntilAsync(waiting, job => job["progress"]!["queuePosition"]?.GetValue<int>() == 1);
        using var end = await App.SendAsync(HttpMethod.Post, "runtime/webhooks/durabletask/instances/upstream-gate/terminate?reason=test");
        Assert.Equal(HttpStatusCode.Accepted, end.StatusCode);
        App.IsInstant();
        // Termination is asynchronous. As long as the gate still runs, the timer function does nothing.
        using (var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100)))
        {
            while (await RuntimeStatusOfGateAsync() != "Terminated")
                await pace.WaitForNextTickAsync();
        }

        // Runs the timer function that restarts the gate.
        using var look = await App.SendAsync(HttpMethod.Post, "admin/functions/GateKeeper", new { });
        Assert.Equal(HttpStatusCode.Accepted, look.StatusCode);
        Assert.Equal("succeeded", TestApp.StatusOf(await App.EndOfAsync(waiting)));
        Assert.Equal("succeeded", TestApp.StatusOf(await App.EndOfAsync(running)));
    }

    [Fact]
    public async Task Credits_Exhausted_JobsWaitWithoutUsingAnAttempt()
    {
        App.Upstream.Settings = App.Upstream.Settings with { Speed = 0, Seconds = null, Credits = 0 };
        var patient = await App.PostAsync(new { prompt = TestApp.NewPrompt("patient"), size = "64x64" });
        var waiting = await App.UntilAsync(patient, job => TestApp.StatusOf(job) == "waitingForCredits");
        Assert.NotNull(waiting["waiting"]!["resumeAt"]);
        var hasty = await App.EndOfAsync(
            await App.PostAsync(new { prompt = TestApp.NewPrompt("hasty"), size = "64x64", onCreditsExhausted = "fail" }));
        Assert.Equal("/docs/errors#credits-exhausted", hasty["error"]!["type"]!.GetValue<string>());
        Assert.Equal("credits", (await App.GateAsync())["coolDown"]!["reason"]!.GetValue<string>());
        var behind = await App.PostAsync(new { prompt = TestApp.NewPrompt("behind"), size = "64x64" });
        Assert.Equal(
            "waitingForCredits", TestApp.StatusOf(await App.UntilAsync(behind, job => TestApp.StatusOf(job) == "waitingForCredits")));

        App.Upstream.Settings = App.Upstream.Settings with { Credits = 100 };
        foreach (var job in new[] { patient, behind })
        {
            var end = await App.EndOfAsync(job);
            Assert.Equal(("succeeded", 1), (TestApp.StatusOf(end), end["attempt"]!.GetValue<int>()));
        }

        Assert.Null((await App.GateAsync())["coolDown"]);
        App.IsInstant();
    }

    [Fact]
    public async Task Quota_Exceeded_JobsWaitUntilTheNextDayInChina()
    {
        App.Upstream.Settings = App.Upstream.Settings with { Speed = 0, Seconds = null, Quota = 0 };
        var job = await App.PostAsync(new { prompt = TestApp.NewPrompt("quota"), size = "64x64" });
        var waiting = await App.UntilAsync(job, one => TestApp.StatusOf(one) == "waitingForCredits");
        var resumes = waiting["waiting"]!["resumeAt"]!.GetValue<DateTime>().ToUniversalTime();
        Assert.Equal(new TimeSpan(16, 0, 0), resumes.TimeOfDay);
        // The gate learns of the refusal a moment after the job shows it.
        await App.UntilGateAsync(gate => gate["coolDown"] is not null);
        Assert.Equal("quota", (await App.GateAsync())["coolDown"]!["reason"]!.GetValue<string>());
        await App.Http.DeleteAsync($"api/images/{TestApp.IdOf(job)}");
        Assert.Equal("canceled", TestApp.StatusOf(await App.EndOfAsync(job)));
        App.IsInstant();
        // The cool-down would last longer than the test.
        await App.RenewGateAsync();
    }

    [Fact]
    public async Task Health_Ready_ReportsEveryPart()
    {
        await App.RenewGateAsync();
        using var live = await App.Http.GetAsync("api/health/live");
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        using var ready = await App.Http.GetAsync("api/health/ready");
        var parts = (await App.ReadAsync(ready, HttpStatusCode.OK))["parts"]!.AsObject();
        Assert.Equal(["engine", "gate", "storage", "token"], parts.Select(part => part.Key).Order());
        Assert.All(parts, part => Assert.Equal("ok", part.Value!.GetValue<string>()));
        // The health endpoints need no key, so they must not start the gate.
        using var gate = await App.Http.GetAsync("runtime/webhooks/durabletask/instances/upstream-gate");
        Assert.Equal(HttpStatusCode.NotFound, gate.StatusCode);
    }

    private async Task<string> RuntimeStatusOfGateAsync()
    {
        using var answer = await App.Http.GetAsync("runtime/webhooks/durabletask/instances/upstream-gate");
        return (await App.ReadAsync(answer, answer.StatusCode))["runtimeStatus"]!.GetValue<string>();
    }

    private DateTimeOffset SubmittedAt(JsonObject job) =>
        App.Upstream.Tasks.All.Single(task => task.Body.Prompt == job["request"]!["prompt"]!.GetValue<string>()).BeginsAt;
}
