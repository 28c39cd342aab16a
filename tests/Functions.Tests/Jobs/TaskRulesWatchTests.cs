using Darkroom.Gate;
using Darkroom.Jobs;
using Darkroom.Jobs.Poll;
using static Darkroom.Functions.Tests.Jobs.SampleJob;
using static Darkroom.Functions.Tests.Jobs.SampleTask;

namespace Darkroom.Functions.Tests.Jobs;

/// <summary>How the upstream task of a task is watched until it ends.</summary>
public sealed class TaskRulesWatchTests
{
    [Fact]
    public void Submitted_Accepted_WaitsForTheFirstLook()
    {
        var watching = Watching();
        Assert.Equal((TaskId, "request-1", JobStatus.Generating), (watching.State.TaskId, watching.State.RequestId, watching.State.Status));
        var wait = Assert.IsType<TaskStep.WaitUntil>(Rules.Next(watching));
        Assert.InRange(wait.At, Start.AddSeconds(6), Start.AddSeconds(7));
    }

    [Fact]
    public void Submitted_TaskOfAnEarlierAttempt_IsLookedAtImmediatelyWithItsOwnDeadline()
    {
        var now = Start.AddDays(1);
        var watching = Rules.On(Posting(now), new TaskEvent.Submitted(Accepted with { IsEarlier = true }), now).Progress;
        var phase = Assert.IsType<TaskPhase.BetweenLooks>(watching.Phase);
        Assert.Equal((now, now.AddSeconds(600)), (phase.Until, phase.Task.Deadline));
    }

    [Fact]
    public void Looked_Saved_SucceedsAndDoesNotLeaveTwice()
    {
        var change = Look(new PollOutcome.Saved(), new PollFacts { HasLeftGate = true, Seed = 42 });
        Assert.Empty(change.Messages);
        Assert.Equal((JobStatus.Succeeded, 42L), (change.Progress.State.Status, change.Progress.State.Seed));
        Assert.Equal(GateMessageKind.Leave, Assert.Single(Look(new PollOutcome.Saved()).Messages).Kind);
    }

    [Fact]
    public void Looked_Failed_FailsWithItsReason() => AssertEnded(Look(new PollOutcome.Failed(Trouble)), JobStatus.Failed, "some trouble");

    [Fact]
    public void Looked_FailedWithoutReason_LooksAgain()
    {
        var phase = Assert.IsType<TaskPhase.BetweenLooks>(Look(new PollOutcome.FailedWithoutReason()).Progress.Phase);
        Assert.Equal(1, phase.Task.ReasonLooks);
    }

    [Fact]
    public void Looked_FailedTaskOfAnEarlierAttempt_IsReplacedByANewOne()
    {
        var posted = LookAtEarlier(new PollFacts());
        Assert.Equal(TaskId, Assert.IsType<TaskStep.Submit>(Rules.Next(posted.Progress)).Order.GivenUpTask);
    }

    [Fact]
    public void Looked_FailedTaskOfAnEarlierAttemptWithoutSlot_AsksForANewSlot()
    {
        var asking = LookAtEarlier(new PollFacts { HasLeftGate = true });
        Assert.Equal(GateMessageKind.Ask, Assert.Single(asking.Messages).Kind);
        Assert.IsType<TaskPhase.Queued>(asking.Progress.Phase);
        Assert.Equal(TaskId, asking.Progress.GivenUpTask);
    }

    [Fact]
    public void Looked_PictureUnavailable_IsFetchedFourMoreTimesThenFails()
    {
        var (progress, fetches) = (Looking(), 0);
        TaskChange change;
        while ((
                change = Rules.On(
                    progress, Seen(new PollOutcome.PictureUnavailable(Trouble)), Start)).Progress.Phase is TaskPhase.BetweenLooks wait)
            (progress, fetches) = (change.Progress with { Phase = new TaskPhase.Looking(wait.Task) }, fetches + 1);
        Assert.Equal(4, fetches);
        AssertEnded(change, JobStatus.Failed, "some trouble");
    }

    [Fact]
    public void Looked_RunningAtTheDeadline_ExpiresAndKeepsTheTask() =>
        AssertEnded(
            Rules.On(Looking(), Seen(new PollOutcome.Running()), Start.AddSeconds(600)), JobStatus.Expired, $"The task {TaskId} is kept");

    [Fact]
    public void Looked_RunningAtTheDeadlineAndCanceled_IsCanceled() =>
        AssertEnded(
            Rules.On(Cancel(Looking()).Progress, Seen(new PollOutcome.Running()), Start.AddSeconds(600)),
            JobStatus.Canceled,
            "may be made and paid for");

    [Fact]
    public void LookFailed_BeforeTheDeadline_LooksAgain()
    {
        Assert.IsType<TaskPhase.BetweenLooks>(Rules.On(Looking(), new TaskEvent.LookFailed(), Start).Progress.Phase);
        AssertEnded(Rules.On(Looking(), new TaskEvent.LookFailed(), Start.AddSeconds(600)), JobStatus.Expired, "storage was not available");
    }
}
