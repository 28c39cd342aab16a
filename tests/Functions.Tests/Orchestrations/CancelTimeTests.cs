using Darkroom.Jobs;
using Darkroom.Jobs.Submit;
using Darkroom.Requests;
using Darkroom.Simulator;
using Microsoft.Extensions.DependencyInjection;

namespace Darkroom.Functions.Tests.Orchestrations;

/// <summary>Jobs that are canceled or terminated, at every stage.</summary>
public sealed class CancelTimeTests
{
    private static readonly AppOptions Slow = new() { Upstream = new SimulatorSettings { Seconds = 300 } };

    [Fact]
    public async Task Cancel_InTheQueue_SubmitsNothing()
    {
        await using var app = await AppOnTaskHub.StartAsync(Slow);
        var ahead = await app.StartPictureAsync("ahead");
        await app.UntilAsync(ahead, JobStatus.Generating);
        var job = await app.StartPictureAsync("canceled in the queue");
        await app.Hub.SettleAsync();
        Assert.Equal(202, await app.CancelAsync(job));
        var end = await app.EndOfAsync(job);
        Assert.Equal((JobStatus.Canceled, "canceled", true), (end.Status, end.Error!.Name, end.CancelRequested));
        Assert.Contains("nothing was paid", end.Error.Detail, StringComparison.Ordinal);
        Assert.Equal(JobStatus.Succeeded, (await app.EndOfAsync(ahead)).Status);
        Assert.Equal(0, app.PostsOf("canceled in the queue"));
        // The id stays known after the instance was purged.
        Assert.True(app.Hub.Purge(job));
        Assert.Equal(410, await app.GetAsync(job));
    }

    [Fact]
    public async Task Submit_JobIsCanceledButItsTaskNotYet_PostsNothing()
    {
        await using var app = await AppOnTaskHub.StartAsync(Slow);
        var ahead = await app.StartPictureAsync("ahead");
        await app.UntilAsync(ahead, JobStatus.Generating);
        var (ticket, request) = app.NewJob("""{"prompt":"one of two","size":"64x64","count":2}""");
        await app.Services.GetRequiredService<JobStarter>().TryStartAsync(app.Client, ticket, request, CancellationToken.None);
        await app.Hub.SettleAsync();
        await app.Client.RaiseEventAsync(ticket.JobId, CancelRequest.EventName, new CancelRequest(KeepsLate: false));
        await app.Hub.RunUntilAsync(() => app.Hub.Get(ticket.JobId).ReadCustomStatus<JobState>() is { CancelRequested: true });
        var part = ticket with { Task = 1 };
        Assert.False(app.Hub.Get(part.InstanceId).IsCompleted);
        var submit = await ActivatorUtilities.CreateInstance<SubmitTask>(app.Services).RunAsync(
            new SubmitOrder(part, GivenUpTask: null), app.Client, CancellationToken.None);
        Assert.IsType<SubmitOutcome.GivenUp>(submit.Outcome);
        Assert.Equal(0, app.PostsOf("one of two"));
    }

    [Fact]
    public async Task Cancel_Upstream_KeepsTheSlotToTheEndAndDiscardsThePicture()
    {
        await using var app = await AppOnTaskHub.StartAsync(Slow);
        var job = await app.StartPictureAsync("canceled upstream");
        await app.UntilAsync(job, JobStatus.Generating);
        Assert.Equal(202, await app.CancelAsync(job));
        await app.Hub.SettleAsync();
        Assert.Equal(JobStages.WaitingForUpstreamToEnd, (await app.StateAsync(job)).Stage);
        var next = await app.StartPictureAsync("next");
        var end = await app.EndOfAsync(job);
        Assert.Equal((JobStatus.Canceled, 0), (end.Status, end.Pictures.Count));
        Assert.Contains("no way to cancel", end.Error!.Detail, StringComparison.Ordinal);
        Assert.Equal(JobStatus.Succeeded, (await app.EndOfAsync(next)).Status);
        Assert.Equal(1, Counters.MaxTasksAtOnce(app.Upstream.Tasks.All));
        // The job has ended, so another cancel changes nothing.
        Assert.Equal(200, await app.CancelAsync(job));
        Assert.Equal(end.EndedAt, (await app.StateAsync(job)).EndedAt);
    }

    [Fact]
    public async Task Cancel_DuringTheSubmit_IsShownImmediatelyAndCarriedOutAfterwards()
    {
        await using var app = await AppOnTaskHub.StartAsync(Slow);
        app.Hub.BeforeActivity(nameof(SubmitTask), () => { }, takes: TimeSpan.FromSeconds(30));
        var job = await app.StartPictureAsync("canceled while posted");
        await app.Hub.RunForAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(JobStatus.Submitting, (await app.StateAsync(job)).Status);
        Assert.Equal(202, await app.CancelAsync(job));
        await app.Hub.SettleAsync();
        var state = await app.StateAsync(job);
        Assert.Equal((JobStatus.Submitting, true), (state.Status, state.CancelRequested));
        Assert.Equal(JobStatus.Canceled, (await app.EndOfAsync(job)).Status);
        Assert.Equal(1, app.PostsOf("canceled while posted"));
    }

    [Fact]
    public async Task Cancel_SeveralTasks_CancelsAllOfThem()
    {
        await using var app = await AppOnTaskHub.StartAsync(Slow);
        var job = await app.StartPictureAsync("several", ""","count":3""");
        await app.UntilAsync(job, JobStatus.Generating);
        Assert.Equal(202, await app.CancelAsync(job));
        var end = await app.EndOfAsync(job);
        Assert.Equal(JobStatus.Canceled, end.Status);
        Assert.All(end.Tasks, task => Assert.Equal(JobStatus.Canceled, task.Status));
        Assert.Equal(1, app.PostsOf("several"));
    }

    [Fact]
    public async Task Terminate_SeveralTasks_SubmitsNoMoreOfThem()
    {
        await using var app = await AppOnTaskHub.StartAsync(Slow);
        var job = await app.StartPictureAsync("terminated together", ""","count":3""");
        await app.UntilAsync(job, JobStatus.Generating);
        app.Hub.Terminate(job);
        await app.Hub.SettleAsync();
        var end = await app.StateAsync(job);
        Assert.Equal(JobStatus.Canceled, end.Status);
        Assert.Contains("was submitted before", end.Error!.Detail, StringComparison.Ordinal);
        Assert.Equal(409, await app.ResubmitAsync(job));
        Assert.Equal(JobStatus.Succeeded, (await app.EndOfAsync(await app.StartPictureAsync("behind them"))).Status);
        Assert.Equal(1, app.PostsOf("terminated together"));
    }

    [Fact]
    public async Task Resubmit_AfterAPartialSuccess_RunsOnlyTheFailedTasks()
    {
        await using var app = await AppOnTaskHub.StartAsync(Slow);
        app.Upstream.Scenarios.Assign("moderated", "partly", 1);
        var job = await app.StartPictureAsync("partly", ""","count":3""");
        var end = await app.EndOfAsync(job);
        Assert.Equal((JobStatus.PartiallySucceeded, 2, "content-rejected"), (end.Status, end.Pictures.Count, end.Error!.Name));
        Assert.Equal(202, await app.ResubmitAsync(job));
        end = await app.EndOfAsync(job);
        Assert.Equal((JobStatus.Succeeded, 2), (end.Status, end.Attempt));
        Assert.Equal([0, 1, 2], end.Pictures.Select(picture => picture.Index));
        // One post was refused; three posts made a task.
        Assert.Equal((4, 3), (app.PostsOf("partly"), app.Upstream.Tasks.All.Count));
    }

    [Fact]
    public async Task Terminate_OneOfSeveralTasks_FailsOnlyThatTask()
    {
        await using var app = await AppOnTaskHub.StartAsync(Slow);
        var job = await app.StartPictureAsync("one terminated", ""","count":2""");
        await app.UntilAsync(job, JobStatus.Generating);
        app.Hub.Terminate(JobIds.OfTask(job, 1, 2));
        var end = await app.EndOfAsync(job);
        Assert.Equal([JobStatus.Succeeded, JobStatus.Failed], end.Tasks.Select(task => task.Status));
        Assert.Equal(JobStatus.PartiallySucceeded, end.Status);
    }
}
