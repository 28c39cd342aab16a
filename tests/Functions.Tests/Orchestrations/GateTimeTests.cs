using Darkroom.Gate;
using Darkroom.Jobs;
using Darkroom.Simulator;

namespace Darkroom.Functions.Tests.Orchestrations;

/// <summary>The gate over minutes and hours: its timer, the slots of holders that ended, and a gate that was terminated.</summary>
public sealed class GateTimeTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Alarm_ExactOrEarlyTimers_CostsFewRounds(bool hasEarlyTimers)
    {
        await using var app = await AppOnTaskHub.StartAsync(
            new AppOptions { HasEarlyTimers = hasEarlyTimers, Upstream = new SimulatorSettings { Seconds = 7200 } });
        await app.UntilAsync(await app.StartPictureAsync("slow", ""","deadlineSeconds":7200"""), JobStatus.Generating);
        await app.Hub.RunForAsync(TimeSpan.FromMinutes(10));
        // The gate inspects its holders every half minute: twenty timers of six events, and twice as many if each timer has to be set
        // again.
        Assert.Equal(0, app.Hub.Get(UpstreamGate.InstanceId).Generation);
        Assert.InRange(app.Hub.Get(UpstreamGate.InstanceId).History.Count, 120, hasEarlyTimers ? 270 : 140);
    }

    [Fact]
    public async Task Gate_DuringAnInspection_GrantsASlot()
    {
        await using var app = await AppOnTaskHub.StartAsync(new AppOptions { Upstream = new SimulatorSettings { Seconds = 40 } });
        var ahead = await app.StartPictureAsync("ahead");
        await app.UntilAsync(ahead, JobStatus.Generating);
        // From now on storage takes five minutes to answer.
        app.Hub.BeforeActivity(nameof(GateActivities.InspectGate), () => { }, takes: TimeSpan.FromMinutes(5));
        await app.Hub.RunForAsync(TimeSpan.FromSeconds(31));
        var began = app.Hub.Now;
        var next = await app.EndOfAsync(await app.StartPictureAsync("next"));
        Assert.Equal(JobStatus.Succeeded, next.Status);
        Assert.InRange(next.SubmittedAt!.Value - began.UtcDateTime, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Gate_TerminatedHolder_LosesItsSlotWithinAMinute()
    {
        await using var app = await AppOnTaskHub.StartAsync(new AppOptions { Upstream = new SimulatorSettings { Seconds = 3600 } });
        var job = await app.StartPictureAsync("terminated");
        await app.UntilAsync(job, JobStatus.Generating);
        app.Hub.Terminate(job);
        app.Upstream.Settings = new SimulatorSettings { Speed = 0, Slots = 2 };
        var began = app.Hub.Now;
        var next = await app.StartPictureAsync("next");
        Assert.Equal(JobStatus.Succeeded, (await app.EndOfAsync(next)).Status);
        Assert.Equal(JobStatus.Canceled, (await app.StateAsync(job)).Status);
        Assert.InRange(app.Hub.Now - began, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Gate_SuspendedHolder_LosesItsSlotAndSavesItsPictureLater()
    {
        await using var app = await AppOnTaskHub.StartAsync(
            new AppOptions { Upstream = new SimulatorSettings { Seconds = 300, Slots = 2 } });
        var job = await app.StartPictureAsync("suspended");
        await app.UntilAsync(job, JobStatus.Generating);
        app.Hub.Suspend(job);
        Assert.Equal(JobStatus.Succeeded, (await app.EndOfAsync(await app.StartPictureAsync("next"))).Status);
        app.Hub.Resume(job);
        Assert.Equal(JobStatus.Succeeded, (await app.EndOfAsync(job)).Status);
        Assert.Equal(1, app.PostsOf("suspended"));
    }

    [Fact]
    public async Task Gate_SuspendedJobInTheQueue_KeepsItsPlace()
    {
        await using var app = await AppOnTaskHub.StartAsync(new AppOptions { Upstream = new SimulatorSettings { Seconds = 600 } });
        await app.UntilAsync(await app.StartPictureAsync("ahead"), JobStatus.Generating);
        var suspended = await app.StartPictureAsync("suspended");
        await app.Hub.SettleAsync();
        var behind = await app.StartPictureAsync("behind");
        app.Hub.Suspend(suspended);
        await app.Hub.RunForAsync(TimeSpan.FromMinutes(3));
        app.Hub.Resume(suspended);
        await app.UntilAsync(suspended, JobStatus.Generating);
        Assert.Equal(JobStatus.Queued, (await app.StateAsync(behind)).Status);
    }

    [Fact]
    public async Task Gate_BeginsAgainAfterTermination_WaitingJobsAskAgain()
    {
        await using var app = await AppOnTaskHub.StartAsync(
            new AppOptions { Upstream = new SimulatorSettings { Seconds = 120, Slots = 2 } });
        var running = await app.StartPictureAsync("running");
        await app.UntilAsync(running, JobStatus.Generating);
        var waiting = await app.StartPictureAsync("waiting");
        await app.Hub.SettleAsync();
        app.Hub.Terminate(UpstreamGate.InstanceId);
        await app.Hub.SettleAsync();
        Assert.True(app.Hub.Purge(UpstreamGate.InstanceId));
        await GateKeeper.BeginAsync(app.Client, CancellationToken.None);
        foreach (var job in new[] { waiting, running })
            Assert.Equal(JobStatus.Succeeded, (await app.EndOfAsync(job)).Status);
        Assert.Equal((1, 1), (app.PostsOf("running"), app.PostsOf("waiting")));
    }

    [Fact]
    public async Task Gate_ChangedSlots_ApplyWithinAMinute()
    {
        await using var app = await AppOnTaskHub.StartAsync(
            new AppOptions { Upstream = new SimulatorSettings { Seconds = 7200, Slots = 64 } });
        for (var n = 0; n < 4; n++)
            await app.StartPictureAsync($"slots {n}", ""","deadlineSeconds":7200""");
        await app.Hub.RunForAsync(TimeSpan.FromMinutes(3));
        Assert.Equal((1, 3), (app.Gate.InUse, app.Gate.WaitingInteractive));

        app.ChangeSettings = settings => settings with { Slots = 3 };
        await app.Hub.RunForAsync(TimeSpan.FromMinutes(1));
        Assert.Equal((3, 3, 1), (app.Gate.Slots, app.Gate.InUse, app.Gate.WaitingInteractive));
        // The holders keep their slots, but no slot is granted.
        app.ChangeSettings = settings => settings with { Slots = 2 };
        await app.Hub.RunForAsync(TimeSpan.FromMinutes(1));
        Assert.Equal((2, 3, 1), (app.Gate.Slots, app.Gate.InUse, app.Gate.WaitingInteractive));
    }

    [Fact]
    public async Task Slot_UpstreamIsDone_IsGivenBackBeforeThePictureIsSaved()
    {
        await using var app = await AppOnTaskHub.StartAsync(new AppOptions());
        app.Upstream.Scenarios.Assign("dead-link", "unsaved");
        var unsaved = await app.StartPictureAsync("unsaved");
        await app.UntilAsync(unsaved, JobStatus.Generating);
        var next = await app.StartPictureAsync("next");
        var (first, second) = (await app.EndOfAsync(unsaved), await app.EndOfAsync(next));
        Assert.Equal(("picture-unavailable", JobStatus.Succeeded), (first.Error!.Name, second.Status));
        Assert.InRange(second.SubmittedAt!.Value, first.SubmittedAt!.Value.AddSeconds(1), first.EndedAt!.Value.AddSeconds(-1));
        Assert.Equal(1, Counters.MaxTasksAtOnce(app.Upstream.Tasks.All));
    }

    [Fact]
    public async Task Gate_BeginsAgainWithSeveralPagesOfJobs_AllOfThemAskAgain()
    {
        await using var app = await AppOnTaskHub.StartAsync(new AppOptions { Upstream = new SimulatorSettings { Seconds = 36_000 } });
        for (var n = 0; n < 230; n++)
            await app.StartPictureAsync($"page {n}", ""","deadlineSeconds":86400""");
        await app.Hub.SettleAsync();
        app.Hub.Terminate(UpstreamGate.InstanceId);
        await app.Hub.SettleAsync();
        await GateKeeper.BeginAsync(app.Client, CancellationToken.None);
        await app.Hub.SettleAsync();
        // One task is already upstream, but the new gate does not know it, so it grants one more slot.
        Assert.Equal((1, 228), (app.Gate.InUse, app.Gate.WaitingInteractive));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public async Task Gate_OneSlotThroughSeveralGenerations_HasOneTaskUpstream(int seed, bool hasEarlyTimers)
    {
        await using var app = await AppOnTaskHub.StartAsync(new AppOptions { Seed = seed, HasEarlyTimers = hasEarlyTimers });
        var jobs = new List<string>();
        for (var n = 0; n < 60; n++)
            jobs.Add(await app.StartPictureAsync($"one at a time {n}"));
        foreach (var job in jobs)
            Assert.Equal(JobStatus.Succeeded, (await app.EndOfAsync(job)).Status);
        Assert.Equal(60, app.Upstream.Tasks.All.Count);
        Assert.Equal(1, Counters.MaxTasksAtOnce(app.Upstream.Tasks.All));
        Assert.InRange(app.Hub.Get(UpstreamGate.InstanceId).Generation, 1, 100);
        await app.Hub.SettleAsync();
        Assert.Equal(0, app.Gate.InUse);
    }

    [Fact]
    public async Task Gate_JobOfAPersonBehindBulk_GoesFirst()
    {
        await using var app = await AppOnTaskHub.StartAsync(new AppOptions());
        var jobs = new List<string>();
        foreach (var lane in new[] { "interactive", "bulk", "interactive" })
        {
            jobs.Add(await app.StartPictureAsync($"{lane} {jobs.Count}", $",\"priority\":\"{lane}\""));
            await app.Hub.SettleAsync();
        }

        Assert.Equal((1, 1, 1), (app.Gate.InUse, app.Gate.WaitingInteractive, app.Gate.WaitingBulk));
        foreach (var job in jobs)
            Assert.Equal(JobStatus.Succeeded, (await app.EndOfAsync(job)).Status);
        Assert.Equal(["interactive 0", "interactive 2", "bulk 1"], app.Upstream.Tasks.All.Select(task => task.Body.Prompt));
    }
}
