using Darkroom.Generation;
using Darkroom.Simulator;

namespace Darkroom.Functions.Tests.Orchestrations;

/// <summary>Jobs over minutes and hours: deadlines, expiry, and how often upstream is looked at.</summary>
public sealed class JobTimeTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Job_Succeeds_WithOnePostAndFewLooks(bool hasEarlyTimers)
    {
        await using var app = await AppOnTaskHub.StartAsync(new AppOptions { HasEarlyTimers = hasEarlyTimers });
        var end = await app.EndOfAsync(await app.StartPictureAsync("simple"));
        Assert.Equal(JobStatus.Succeeded, end.Status);
        Assert.Single(end.Pictures);
        Assert.InRange(end.Polls, 1, 3);
        Assert.Equal(1, app.PostsOf("simple"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Watch_ExpiresAtTheDeadline_AndKeepsTheTask(bool hasEarlyTimers)
    {
        await using var app = await AppOnTaskHub.StartAsync(new AppOptions { HasEarlyTimers = hasEarlyTimers, Upstream = new SimulatorSettings { Seconds = 3600 } });
        var job = await app.StartPictureAsync("endless", ""","deadlineSeconds":900""");
        var end = await app.EndOfAsync(job);
        Assert.Equal(JobStatus.Expired, end.Status);
        Assert.Contains(end.TaskId!, end.Error!.Detail, StringComparison.Ordinal);
        Assert.InRange(end.EndedAt!.Value - end.SubmittedAt!.Value, TimeSpan.FromSeconds(900), TimeSpan.FromSeconds(902));

        // Another attempt looks at the task that is paid for, and finds its picture.
        app.Upstream.Tasks.FinishAll();
        Assert.Equal(202, await app.ResubmitAsync(job));
        end = await app.EndOfAsync(job);
        Assert.Equal((JobStatus.Succeeded, 2), (end.Status, end.Attempt));
        Assert.Equal(1, app.PostsOf("endless"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Watch_NeedsHardlyMoreLooks_WhenTimersFireEarly(int seed)
    {
        var polls = new List<int>();
        foreach (var hasEarlyTimers in new[] { false, true })
        {
            await using var app = await AppOnTaskHub.StartAsync(new AppOptions { Seed = seed, HasEarlyTimers = hasEarlyTimers, Upstream = new SimulatorSettings { Seconds = 3600 } });
            var end = await app.EndOfAsync(await app.StartPictureAsync("endless", ""","deadlineSeconds":60"""));
            Assert.Equal(JobStatus.Expired, end.Status);
            polls.Add(end.Polls);
        }

        // Waits are asked for so that whole seconds are what is wanted, and no more looks come on top at the deadline.
        Assert.InRange(polls[1], polls[0], polls[0] * 4 / 3);
    }

    [Fact]
    public async Task Watch_LooksLessOftenAsTimePasses_AtATaskOfThreeHours()
    {
        await using var app = await AppOnTaskHub.StartAsync(new AppOptions { Upstream = new SimulatorSettings { Seconds = 3 * 3600 } });
        var end = await app.EndOfAsync(await app.StartPictureAsync("slow", ""","deadlineSeconds":86400"""));
        Assert.Equal((JobStatus.Succeeded, null), (end.Status, end.Error?.Detail));
        Assert.InRange(end.Polls, 20, 80);
        Assert.Equal(1, app.PostsOf("slow"));
    }

    [Fact]
    public async Task LostTask_FailsWithItsId_AfterTheTimeInWhichUpstreamMayNotKnowItYet()
    {
        await using var app = await AppOnTaskHub.StartAsync(new AppOptions());
        app.Upstream.Scenarios.Assign("task-lost", "lost");
        var end = await app.EndOfAsync(await app.StartPictureAsync("lost"));
        Assert.Equal(JobStatus.Failed, end.Status);
        Assert.Contains(end.TaskId!, end.Error!.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WaitForTurn_ExpiresInTheQueue_AndNothingIsSubmitted(bool hasEarlyTimers)
    {
        await using var app = await AppOnTaskHub.StartAsync(new AppOptions { HasEarlyTimers = hasEarlyTimers, Upstream = new SimulatorSettings { Seconds = 2 * 3600 } });
        var ahead = await app.StartPictureAsync("ahead", ""","deadlineSeconds":86400""");
        await app.UntilAsync(ahead, JobStatus.Generating);
        var job = await app.StartPictureAsync("impatient", ""","expiresInSeconds":600""");
        var began = app.Hub.Now;
        var end = await app.EndOfAsync(job);
        Assert.Equal(JobStatus.Expired, end.Status);
        Assert.Contains("nothing was submitted", end.Error!.Detail, StringComparison.Ordinal);
        Assert.InRange(app.Hub.Now - began, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(2));
        Assert.Equal(JobStatus.Succeeded, (await app.EndOfAsync(ahead)).Status);
        Assert.Equal(0, app.PostsOf("impatient"));
        Assert.Empty(app.Hub.Get(job).History.OfType<DurableTask.Core.History.TimerCreatedEvent>());
    }

    [Fact]
    public async Task WaitForTurn_CostsNothing_WhenTheGateIsBusyForHours()
    {
        await using var app = await AppOnTaskHub.StartAsync(new AppOptions { Upstream = new SimulatorSettings { Seconds = 3 * 3600 } });
        var ahead = await app.StartPictureAsync("ahead", ""","deadlineSeconds":86400""");
        await app.UntilAsync(ahead, JobStatus.Generating);
        var job = await app.StartPictureAsync("behind", ""","deadlineSeconds":86400""");
        await app.Hub.SettleAsync();
        var before = app.Hub.Get(job).History.Count;
        await app.Hub.RunForAsync(TimeSpan.FromHours(2.5));
        Assert.Equal(before, app.Hub.Get(job).History.Count);
        Assert.Equal(JobStatus.Succeeded, (await app.EndOfAsync(ahead)).Status);
        await app.UntilAsync(job, JobStatus.Generating);
    }
}
