using Darkroom.Api.Images;
using Darkroom.Gate;
using Darkroom.Jobs;
using Darkroom.Requests;
using Darkroom.Simulator;
using Microsoft.Extensions.DependencyInjection;

namespace Darkroom.Functions.Tests.Orchestrations;

/// <summary>An operator's pause, the daily budget and a changed priority, over hours and days of virtual time.</summary>
public sealed class OperatorTimeTests
{
    private static readonly AppOptions SlowUpstream = new() { Upstream = new SimulatorSettings { Seconds = 60, Speed = 1 } };

    private static readonly DateTime Midnight = new(2026, 11, 21, 16, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task Gate_PausedByAnOperator_SubmitsNothingAlsoAfterTheGateWasLost()
    {
        await using var app = await AppOnTaskHub.StartAsync(new AppOptions());
        var pauses = app.Services.GetRequiredService<GatePauseStore>();
        await pauses.WriteAsync(new GatePause(app.Hub.Now.UtcDateTime, "deploy", Until: null), CancellationToken.None);
        var job = await app.StartPictureAsync("paused");
        await app.Hub.RunForAsync(TimeSpan.FromHours(5));
        Assert.Equal((0, "paused"), (app.PostsOf("paused"), await StageAsync(app, job)));

        await app.Client.TerminateInstanceAsync(UpstreamGate.InstanceId);
        await app.Hub.SettleAsync();
        await GateKeeper.BeginAsync(app.Client, CancellationToken.None);
        await app.Hub.RunForAsync(TimeSpan.FromHours(1));
        Assert.Equal((0, "deploy"), (app.PostsOf("paused"), app.Gate.Paused!.Reason));

        await pauses.DeleteAsync(CancellationToken.None);
        await app.Client.RaiseEventAsync(UpstreamGate.InstanceId, GateMessage.EventName, GateMessage.ToInspect);
        Assert.Equal((JobStatus.Succeeded, 1), ((await app.EndOfAsync(job)).Status, app.PostsOf("paused")));
    }

    [Fact]
    public async Task Gate_BudgetIsUsedUp_GoesOnWithTheNextDayInChina()
    {
        await using var app = await AppOnTaskHub.StartAsync(
            new AppOptions { Settings = new() { ["Darkroom:Slots"] = "4", ["Darkroom:DailyBudget"] = "2" } });
        var jobs = new List<string>();
        for (var job = 0; job < 4; job++)
            jobs.Add(await app.StartPictureAsync($"budget {job}"));
        await app.Hub.RunForAsync(TimeSpan.FromHours(2));
        var waiting = jobs.Where(job => !app.Hub.Get(job).IsCompleted).ToArray();
        Assert.Equal(2, waiting.Length);
        Assert.Equal("budgetReached", await StageAsync(app, waiting[0]));
        Assert.Equal(new DailyBudget(2, Used: 2, Midnight), app.Gate.Budget);
        foreach (var job in waiting)
            Assert.True((await app.EndOfAsync(job)).SubmittedAt >= Midnight);
        Assert.Equal(4, app.Upstream.Tasks.All.Count);
    }

    [Fact]
    public async Task Gate_BudgetIsRaised_GoesOnWithinAMinute()
    {
        await using var app = await AppOnTaskHub.StartAsync(new AppOptions { Settings = new() { ["Darkroom:DailyBudget"] = "1" } });
        await app.EndOfAsync(await app.StartPictureAsync("first"));
        var second = await app.StartPictureAsync("second");
        await app.Hub.RunForAsync(TimeSpan.FromMinutes(10));
        app.ChangeSettings = settings => settings with { DailyBudget = 5 };
        var changed = app.Hub.Now.UtcDateTime;
        Assert.InRange((await app.EndOfAsync(second)).SubmittedAt!.Value, changed, changed.AddMinutes(1));
    }

    [Fact]
    public async Task Move_WaitingJob_IsServedInItsNewLaneAlsoAfterACoolDown()
    {
        await using var app = await AppOnTaskHub.StartAsync(SlowUpstream);
        var first = await app.StartPictureAsync("first");
        await app.UntilAsync(first, JobStatus.Generating);
        var bulk = await app.StartPictureAsync("bulk", ""","priority":"bulk" """);
        await app.Hub.SettleAsync();
        var person = await app.StartPictureAsync("person");
        await app.Hub.SettleAsync();
        Assert.Equal([person, bulk], app.Gate.Next);
        await app.Client.RaiseEventAsync(bulk, MoveRequest.EventName, new MoveRequest(Lane.Interactive));
        await app.Hub.SettleAsync();
        Assert.Equal([bulk, person], app.Gate.Next);
        Assert.Equal(Lane.Interactive, (await app.StateAsync(bulk)).Lane);
        var (moved, other) = (await app.EndOfAsync(bulk), await app.EndOfAsync(person));
        Assert.True(moved.SubmittedAt < other.SubmittedAt);
    }

    [Fact]
    public async Task Move_JobWithSeveralTasks_MovesEachWaitingTask()
    {
        await using var app = await AppOnTaskHub.StartAsync(SlowUpstream);
        var first = await app.StartPictureAsync("first");
        await app.UntilAsync(first, JobStatus.Generating);
        var bulk = await app.StartPictureAsync("bulk", ""","priority":"bulk","count":2 """);
        await app.Hub.SettleAsync();
        var person = await app.StartPictureAsync("person");
        await app.Hub.SettleAsync();
        await app.Client.RaiseEventAsync(bulk, MoveRequest.EventName, new MoveRequest(Lane.Interactive));
        await app.Hub.SettleAsync();
        // The two tasks arrived at the same moment, so their order is open.
        Assert.Equal([JobIds.OfTask(bulk, 0, 2), JobIds.OfTask(bulk, 1, 2)], app.Gate.Next.Take(2).Order(StringComparer.Ordinal));
        Assert.Equal(person, app.Gate.Next[2]);
        Assert.Equal(Lane.Interactive, (await app.StateAsync(bulk)).Lane);
    }

    private static async Task<string> StageAsync(AppOnTaskHub app, string job)
    {
        var record = await JobReader.TryGetAsync(app.Client, job, CancellationToken.None);
        return JobView.Of(record!, app.Gate, "http://localhost", app.Hub.Now).Stage;
    }
}
