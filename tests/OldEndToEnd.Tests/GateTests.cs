using System.Net;
using System.Text.Json.Nodes;

namespace Darkroom.Functions.Tests.EndToEnd;

[Trait(Workshop.Needs, Workshop.OwnApp)]
public sealed class GateTests(QuietWorkshop workshop) : QuietTest(workshop)
{
    [Fact]
    public async Task It_tells_who_is_in_and_who_waits()
    {
        Shop.Holds();
        var jobs = new List<JsonObject>();
        foreach (var priority in new[] { "interactive", "bulk", "interactive" })
            jobs.Add(await Shop.PostAsync(new { prompt = Workshop.NewPrompt("gate"), size = "64x64", priority }));
        await Shop.UntilAsync(jobs[0], job => Workshop.StatusOf(job) == "generating");
        await Shop.UntilAsync(jobs[1], job => job["progress"]!["queuePosition"]?.GetValue<int>() == 2);
        var gate = await Shop.GateAsync();
        Assert.Equal((1, 1), (gate["slots"]!.GetValue<int>(), gate["inUse"]!.GetValue<int>()));
        Assert.Equal((1, 1), (gate["waiting"]!["interactive"]!.GetValue<int>(), gate["waiting"]!["bulk"]!.GetValue<int>()));
        Assert.Null(gate["coolDown"]);
        Assert.True(gate.ContainsKey("credits"));
        Shop.IsInstant();
        foreach (var job in jobs)
            Assert.Equal("succeeded", Workshop.StatusOf(await Shop.EndOfAsync(job)));
        // The person who came after bulk went before it.
        Assert.True(SubmittedAt(jobs[2]) < SubmittedAt(jobs[1]));
    }

    [Fact]
    public async Task One_slot_is_one_task_upstream_at_any_time()
    {
        Shop.Takes(0.1);
        var prompts = Enumerable.Range(0, 12).Select(_ => Workshop.NewPrompt("one at a time")).ToArray();
        var jobs = await Task.WhenAll(prompts.Select(prompt => Shop.PostAsync(new { prompt, size = "64x64" })));
        foreach (var job in jobs)
            Assert.Equal("succeeded", Workshop.StatusOf(await Shop.EndOfAsync(job)));
        var tasks = Shop.Upstream.Tasks.All.Where(task => prompts.Contains(task.Body.Prompt)).ToArray();
        Assert.Equal(12, tasks.Length);
        Assert.Equal(1, Simulator.Counters.MostTasksAtOnce(tasks));
    }

    [Fact]
    public async Task A_gate_that_was_terminated_and_purged_is_started_again()
    {
        var running = await Shop.HeldJobAsync();
        // A job that waits finds out too, but only when it has heard nothing for half a minute; a health check asks at once.
        await Shop.RenewGateAsync();
        Shop.IsInstant();
        var next = await Shop.EndOfAsync(await Shop.PostAsync(new { prompt = Workshop.NewPrompt("after"), size = "64x64" }));
        Assert.Equal("succeeded", Workshop.StatusOf(next));
        Assert.Equal("succeeded", Workshop.StatusOf(await Shop.EndOfAsync(running)));
    }

    [Fact]
    public async Task A_job_that_hears_nothing_asks_again_and_starts_the_gate_that_is_gone()
    {
        var running = await Shop.HeldJobAsync();
        var waiting = await Shop.PostAsync(new { prompt = Workshop.NewPrompt("waits"), size = "64x64" });
        await Shop.UntilAsync(waiting, job => job["progress"]!["queuePosition"]?.GetValue<int>() == 1);
        using var end = await Shop.SendAsync(HttpMethod.Post, "runtime/webhooks/durabletask/instances/upstream-gate/terminate?reason=test");
        Assert.Equal(HttpStatusCode.Accepted, end.StatusCode);
        Shop.IsInstant();
        Assert.Equal("succeeded", Workshop.StatusOf(await Shop.EndOfAsync(waiting)));
        Assert.Equal("succeeded", Workshop.StatusOf(await Shop.EndOfAsync(running)));
    }

    [Fact]
    public async Task Without_credits_all_wait_until_there_are_some_and_no_attempt_is_burnt()
    {
        Shop.Upstream.Settings = Shop.Upstream.Settings with { Speed = 0, Seconds = null, Credits = 0 };
        var patient = await Shop.PostAsync(new { prompt = Workshop.NewPrompt("patient"), size = "64x64" });
        var waiting = await Shop.UntilAsync(patient, job => Workshop.StatusOf(job) == "waitingForCredits");
        Assert.NotNull(waiting["waiting"]!["resumeAt"]);
        var hasty = await Shop.EndOfAsync(await Shop.PostAsync(new { prompt = Workshop.NewPrompt("hasty"), size = "64x64", onCreditsExhausted = "fail" }));
        Assert.Equal("/docs/errors#credits-exhausted", hasty["error"]!["type"]!.GetValue<string>());
        Assert.Equal("credits", (await Shop.GateAsync())["coolDown"]!["reason"]!.GetValue<string>());
        var behind = await Shop.PostAsync(new { prompt = Workshop.NewPrompt("behind"), size = "64x64" });
        Assert.Equal("waitingForCredits", Workshop.StatusOf(await Shop.UntilAsync(behind, job => Workshop.StatusOf(job) == "waitingForCredits")));

        Shop.Upstream.Settings = Shop.Upstream.Settings with { Credits = 100 };
        foreach (var job in new[] { patient, behind })
        {
            var end = await Shop.EndOfAsync(job);
            Assert.Equal(("succeeded", 1), (Workshop.StatusOf(end), end["attempt"]!.GetValue<int>()));
        }

        Assert.Null((await Shop.GateAsync())["coolDown"]);
        Shop.IsInstant();
    }

    [Fact]
    public async Task A_quota_is_waited_for_until_the_next_day_in_china()
    {
        Shop.Upstream.Settings = Shop.Upstream.Settings with { Speed = 0, Seconds = null, Quota = 0 };
        var job = await Shop.PostAsync(new { prompt = Workshop.NewPrompt("quota"), size = "64x64" });
        var waiting = await Shop.UntilAsync(job, one => Workshop.StatusOf(one) == "waitingForCredits");
        var resumes = waiting["waiting"]!["resumeAt"]!.GetValue<DateTime>().ToUniversalTime();
        Assert.Equal(new TimeSpan(16, 0, 0), resumes.TimeOfDay);
        Assert.Equal("quota", (await Shop.GateAsync())["coolDown"]!["reason"]!.GetValue<string>());
        await Shop.Http.DeleteAsync($"api/images/{Workshop.IdOf(job)}");
        Assert.Equal("canceled", Workshop.StatusOf(await Shop.EndOfAsync(job)));
        Shop.IsInstant();
        // The pause would outlast the test.
        await Shop.RenewGateAsync();
    }

    [Fact]
    public async Task Health_tells_of_each_part()
    {
        using var live = await Shop.Http.GetAsync("api/health/live");
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        using var ready = await Shop.Http.GetAsync("api/health/ready");
        var parts = (await Shop.ReadAsync(ready, HttpStatusCode.OK))["parts"]!.AsObject();
        Assert.Equal(["engine", "gate", "storage", "token"], parts.Select(part => part.Key).Order());
        Assert.All(parts, part => Assert.Equal("ok", part.Value!.GetValue<string>()));
    }

    private DateTimeOffset SubmittedAt(JsonObject job) =>
        Shop.Upstream.Tasks.All.Single(task => task.Body.Prompt == job["request"]!["prompt"]!.GetValue<string>()).BeginsAt;
}
