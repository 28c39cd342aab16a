using Darkroom.Gate;
using Darkroom.Jobs;
using Darkroom.Simulator;

namespace Darkroom.Functions.Tests.Orchestrations;

/// <summary>Cool-downs of the gate, from seconds to days: throttling, a used-up quota and missing credits.</summary>
public sealed class PauseTimeTests
{
    [Fact]
    public async Task Gate_OutOfCredits_AllJobsWaitAndNoAttemptIsUsedUp()
    {
        await using var app = await AppOnTaskHub.StartAsync(new AppOptions { Upstream = new SimulatorSettings { Credits = 0 } });
        var patient = await app.StartPictureAsync("patient");
        await app.UntilAsync(patient, JobStatus.WaitingForCredits);
        Assert.NotNull((await app.StateAsync(patient)).ResumeAt);
        var hasty = await app.EndOfAsync(await app.StartPictureAsync("hasty", ""","onCreditsExhausted":"fail" """));
        Assert.Equal("credits-exhausted", hasty.Error!.Name);
        Assert.Equal(CoolDownReason.Credits, app.Gate.CoolDown!.Reason);
        var behind = await app.StartPictureAsync("behind");
        await app.Hub.RunForAsync(TimeSpan.FromHours(1));
        Assert.Equal(JobStatus.WaitingForCredits, (await app.StateAsync(patient)).Status);
        Assert.InRange(app.PostsOf("patient"), 1, 2);
        Assert.Equal(0, app.PostsOf("behind"));

        app.Upstream.Settings = app.Upstream.Settings with { Credits = 100 };
        foreach (var job in new[] { patient, behind })
        {
            var end = await app.EndOfAsync(job);
            Assert.Equal((JobStatus.Succeeded, 1), (end.Status, end.Attempt));
        }

        Assert.Null(app.Gate.CoolDown);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Gate_QuotaUsedUp_WaitsForTheNextDayInChina(bool hasEarlyTimers)
    {
        var start = new DateTimeOffset(2026, 11, 21, 14, 30, 0, TimeSpan.Zero);
        await using var app = await AppOnTaskHub.StartAsync(
            new AppOptions { Start = start, HasEarlyTimers = hasEarlyTimers, Upstream = new SimulatorSettings { Quota = 0 } });
        var job = await app.StartPictureAsync("quota");
        await app.UntilAsync(job, JobStatus.WaitingForCredits);
        await app.Hub.SettleAsync();
        var midnight = new DateTime(2026, 11, 21, 16, 0, 0, DateTimeKind.Utc);
        Assert.Equal(midnight, (await app.StateAsync(job)).ResumeAt);
        Assert.Equal(CoolDownReason.Quota, app.Gate.CoolDown!.Reason);
        app.Upstream.Settings = app.Upstream.Settings with { Quota = 10 };
        var end = await app.EndOfAsync(job);
        Assert.Equal(JobStatus.Succeeded, end.Status);
        Assert.InRange(end.SubmittedAt!.Value, midnight, midnight.AddSeconds(2));
        Assert.Equal(2, app.PostsOf("quota"));
    }

    [Fact]
    public async Task Gate_CreditsNeverSuffice_KeepsHistoriesShortAndSubmitsRarely()
    {
        // The account has five credits, and a picture costs more.
        await using var app = await AppOnTaskHub.StartAsync(new AppOptions { Upstream = new SimulatorSettings { Credits = 5 } });
        app.Upstream.Scenarios.Assign("no-credits", "expensive");
        var job = await app.StartPictureAsync("expensive");
        await app.Hub.RunForAsync(TimeSpan.FromHours(24));
        Assert.Equal(JobStatus.WaitingForCredits, (await app.StateAsync(job)).Status);
        Assert.InRange(app.PostsOf("expensive"), 20, 30);
        Assert.InRange(app.Hub.Get(job).LongestHistory, 1, 1000);
        Assert.InRange(app.Hub.Get(UpstreamGate.InstanceId).LongestHistory, 1, 2000);
    }

    [Fact]
    public async Task Gate_Throttled_PausesAllSubmitsAndTheRefusedJobGoesFirst()
    {
        await using var app = await AppOnTaskHub.StartAsync(new AppOptions());
        app.Upstream.Scenarios.Assign("throttled-silent", "throttled", 2);
        var refused = await app.StartPictureAsync("throttled");
        await app.Hub.RunUntilAsync(() => app.PostsOf("throttled") == 1);
        var other = await app.StartPictureAsync("other");
        var (first, second) = (await app.EndOfAsync(refused), await app.EndOfAsync(other));
        Assert.Equal((JobStatus.Succeeded, JobStatus.Succeeded), (first.Status, second.Status));
        Assert.True(first.SubmittedAt < second.SubmittedAt);
        Assert.Equal((3, 1), (app.PostsOf("throttled"), app.PostsOf("other")));
        // The pauses are two and four seconds.
        Assert.InRange(first.SubmittedAt!.Value - first.QueuedAt!.Value, TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(8));
    }
}
