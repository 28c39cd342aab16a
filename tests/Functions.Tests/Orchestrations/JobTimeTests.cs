using Darkroom.Jobs;
using Darkroom.Jobs.Submit;
using Darkroom.ModelScope;
using Darkroom.Simulator;
using DurableTask.Core.History;
using Microsoft.Extensions.DependencyInjection;

namespace Darkroom.Functions.Tests.Orchestrations;

/// <summary>Jobs over minutes and hours: deadlines, expiry, and the number of looks.</summary>
public sealed class JobTimeTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Job_UsualTask_SucceedsWithOnePostAndFewLooks(bool hasEarlyTimers)
    {
        await using var app = await AppOnTaskHub.StartAsync(new AppOptions { HasEarlyTimers = hasEarlyTimers });
        var end = await app.EndOfAsync(await app.StartPictureAsync("simple"));
        Assert.Equal(JobStatus.Succeeded, end.Status);
        Assert.Single(end.Pictures);
        Assert.InRange(end.Polls, 1, 3);
        Assert.Equal(1, app.PostsOf("simple"));
    }

    // How long the task takes upstream. A run with a whole day (DARKROOM_WATCH_MINUTES=1440) takes minutes.
    private static readonly int Minutes = int.TryParse(Environment.GetEnvironmentVariable("DARKROOM_WATCH_MINUTES"), out var minutes)
        ? minutes
        : 20;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Watch_AtTheDeadline_ExpiresAndKeepsTheTask(bool hasEarlyTimers)
    {
        await using var app = await AppOnTaskHub.StartAsync(
            new AppOptions { HasEarlyTimers = hasEarlyTimers, Upstream = new SimulatorSettings { Seconds = 3600 } });
        var job = await app.StartPictureAsync("endless", ""","deadlineSeconds":900""");
        var end = await app.EndOfAsync(job);
        Assert.Equal(JobStatus.Expired, end.Status);
        Assert.Contains(end.TaskId!, end.Error!.Detail, StringComparison.Ordinal);
        Assert.InRange(end.EndedAt!.Value - end.SubmittedAt!.Value, TimeSpan.FromSeconds(900), TimeSpan.FromSeconds(902));

        // Another attempt looks at the paid task and finds its picture.
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
    public async Task Watch_EarlyTimers_NeedsHardlyMoreLooks(int seed)
    {
        var polls = new List<int>();
        foreach (var hasEarlyTimers in new[] { false, true })
        {
            await using var app = await AppOnTaskHub.StartAsync(
                new AppOptions { Seed = seed, HasEarlyTimers = hasEarlyTimers, Upstream = new SimulatorSettings { Seconds = 3600 } });
            var end = await app.EndOfAsync(await app.StartPictureAsync("endless", ""","deadlineSeconds":60"""));
            Assert.Equal(JobStatus.Expired, end.Status);
            polls.Add(end.Polls);
        }

        // Waits are rounded to whole seconds, so early timers cause hardly any extra looks, not even at the deadline.
        Assert.InRange(polls[1], polls[0], polls[0] * 4 / 3);
    }

    [Fact]
    public async Task Watch_FixedInterval_KeepsItsHistoryShort()
    {
        await using var app = await AppOnTaskHub.StartAsync(
            new AppOptions
            {
                Settings = { ["MODELSCOPE_IMAGE_POLL_INTERVAL"] = "2" },
                Upstream = new SimulatorSettings { Seconds = Minutes * 60 },
            });
        var job = await app.StartPictureAsync("slow", ""","deadlineSeconds":86400""");
        var end = await app.EndOfAsync(job);
        Assert.Equal((JobStatus.Succeeded, 1), (end.Status, end.Pictures.Count));
        Assert.InRange(end.Polls, Minutes * 25, (Minutes * 30) + 1);
        Assert.InRange(app.Hub.Get(job).LongestHistory, 1, 1000);
        // The carried progress is not in the input of each look.
        Assert.All(
            app.Hub.Get(job).History.OfType<TaskScheduledEvent>(),
            look => Assert.Contains("\"Carried\":null", look.Input, StringComparison.OrdinalIgnoreCase));
        Assert.Equal(
            [JobStatus.Queued, JobStatus.Submitting, JobStatus.Generating, JobStatus.Succeeded],
            end.Timeline.Read().Select(entry => entry.Status));
        Assert.Equal(1, app.PostsOf("slow"));
    }

    [Fact]
    public async Task Cancel_AfterContinueAsNew_TakesEffect()
    {
        await using var app = await AppOnTaskHub.StartAsync(
            new AppOptions
            {
                Settings = { ["MODELSCOPE_IMAGE_POLL_INTERVAL"] = "2" },
                Upstream = new SimulatorSettings { Seconds = 1800 },
            });
        var job = await app.StartPictureAsync("slow", ""","deadlineSeconds":86400""");
        await app.Hub.RunUntilAsync(() => app.Hub.Get(job).Generation == 3);
        Assert.Equal(202, await app.CancelAsync(job));
        await app.Hub.SettleAsync();
        Assert.Equal(
            (true, JobStages.WaitingForUpstreamToEnd), ((await app.StateAsync(job)).CancelRequested, (await app.StateAsync(job)).Stage));
        var end = await app.EndOfAsync(job);
        Assert.Equal((JobStatus.Canceled, 0), (end.Status, end.Pictures.Count));
        Assert.InRange(app.Hub.Get(job).Generation, 10, 40);
    }

    [Fact]
    public async Task Submit_InDoubt_ReadsTheLedgerEveryFewSeconds()
    {
        await using var app = await AppOnTaskHub.StartAsync(new AppOptions { Settings = { ["Darkroom:SubmitGraceSeconds"] = "120" } });
        var (ticket, request) = app.NewPicture("doubted");
        var ledger = app.Services.GetRequiredService<Ledger>();
        // Another worker has claimed the task, and writes the outcome 33 seconds later.
        var claim = new LedgerEntry
        {
            Attempt = 1,
            State = LedgerState.Submitting,
            At = app.Hub.Now,
            Run = "other",
            RequestHash = ticket.RequestHash,
        };
        var seen = await ledger.TryBeginAsync(ticket.JobId, 0, claim, CancellationToken.None);
        var accepted = await app.Services.GetRequiredService<ModelScopeClient>().SubmitAsync(request.Image, CancellationToken.None);
        await app.Services.GetRequiredService<JobStarter>().TryStartAsync(app.Client, ticket, request, CancellationToken.None);
        await app.Hub.RunForAsync(TimeSpan.FromSeconds(33));
        Assert.Equal(JobStatus.Submitting, (await app.StateAsync(ticket.JobId)).Status);
        await ledger.TryReplaceAsync(
            ticket.JobId, 0, claim with { State = LedgerState.Submitted, TaskId = accepted.TaskId }, seen!.Value, CancellationToken.None);
        await app.Hub.RunForAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(accepted.TaskId, (await app.StateAsync(ticket.JobId)).TaskId);
        Assert.Equal(JobStatus.Succeeded, (await app.EndOfAsync(ticket.JobId)).Status);
        Assert.Equal(1, app.PostsOf("doubted"));
    }

    [Fact]
    public async Task Timeline_FirstEntry_IsTheSameBeforeAndAfterTheRun()
    {
        await using var app = await AppOnTaskHub.StartAsync(new AppOptions());
        var job = await app.StartPictureAsync("early");
        var before = Assert.Single((await app.StateAsync(job)).Timeline.Read());
        await app.Hub.RunForAsync(TimeSpan.FromSeconds(3));
        Assert.Equal(before, (await app.EndOfAsync(job)).Timeline.Read().First());
    }

    [Fact]
    public async Task Watch_TaskOfThreeHours_LooksLessOftenAsTimePasses()
    {
        await using var app = await AppOnTaskHub.StartAsync(new AppOptions { Upstream = new SimulatorSettings { Seconds = 3 * 3600 } });
        var end = await app.EndOfAsync(await app.StartPictureAsync("slow", ""","deadlineSeconds":86400"""));
        Assert.Equal((JobStatus.Succeeded, null), (end.Status, end.Error?.Detail));
        Assert.InRange(end.Polls, 20, 80);
        Assert.Equal(1, app.PostsOf("slow"));
    }

    [Fact]
    public async Task Watch_LostTask_FailsWithTheTaskId()
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
    public async Task WaitForSlot_UntilTheExpiry_SubmitsNothing(bool hasEarlyTimers)
    {
        await using var app = await AppOnTaskHub.StartAsync(
            new AppOptions { HasEarlyTimers = hasEarlyTimers, Upstream = new SimulatorSettings { Seconds = 2 * 3600 } });
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
    public async Task WaitForSlot_GateBusyForHours_AddsNothingToTheHistory()
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
