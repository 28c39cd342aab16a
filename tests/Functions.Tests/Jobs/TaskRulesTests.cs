using Darkroom.Gate;
using Darkroom.Jobs;
using Darkroom.Jobs.Poll;
using Darkroom.Jobs.Submit;
using Darkroom.Requests;
using static Darkroom.Functions.Tests.Jobs.SampleJob;
using static Darkroom.Functions.Tests.Jobs.SampleTask;

namespace Darkroom.Functions.Tests.Jobs;

/// <summary>How a task begins, waits for a slot, and is canceled in each phase.</summary>
public sealed class TaskRulesTests
{
    [Fact]
    public void Begin_AsksTheGateForASlot()
    {
        var begun = Rules.Begin(Start);
        var ask = Assert.Single(begun.Messages);
        Assert.Equal((GateMessageKind.Ask, begun.Progress.Turn, Ticket.ExpiresAt), (ask.Kind, ask.Turn, ask.ExpiresAt));
        Assert.IsType<TaskStep.WaitForGate>(Rules.Next(begun.Progress));
    }

    [Fact]
    public void Begin_LaterAttempt_HasHigherTurnsThanAnyEarlierOne()
    {
        var later = new TaskRules(Ticket with { Attempt = 2 }).Begin(Start).Progress.Turn;
        Assert.True(later > Rules.Begin(Start).Progress.Turn + 900_000);
    }

    [Fact]
    public void Begin_IdenticalJobExists_TakesOverItsPicturesWithoutTheGate()
    {
        var earlier = new JobState { Seed = 7, ReusedFrom = "other" };
        var begun = new TaskRules(Ticket with { Reused = earlier }).Begin(Start);
        Assert.Empty(begun.Messages);
        Assert.Equal(
            (JobStatus.Succeeded, 7L, "other"), (begun.Progress.State.Status, begun.Progress.State.Seed, begun.Progress.State.ReusedFrom));
    }

    [Fact]
    public void RefuseOtherId_FailsAndSendsNothingToTheGate()
    {
        var refused = Rules.RefuseOtherId(Start);
        Assert.Empty(refused.Messages);
        Assert.Equal((JobStatus.Failed, "internal"), (refused.Progress.State.Status, refused.Progress.State.Error!.Name));
        Assert.IsType<TaskStep.End>(Rules.Next(refused.Progress));
    }

    [Fact]
    public void GateAnswered_Granted_Posts() => Assert.IsType<TaskStep.Submit>(Rules.Next(Posting()));

    [Fact]
    public void GateAnswered_ToAnEarlierTurn_ChangesNothing()
    {
        var queued = Queued();
        Assert.Equal(queued, Answer(queued, new GateAnswer(queued.Turn - 1, Granted: true)).Progress);
    }

    [Fact]
    public void GateAnswered_AskAgain_AsksInTheSameTurn()
    {
        var queued = Queued();
        var ask = Assert.Single(Answer(queued, GateAnswer.AskAgain).Messages);
        Assert.Equal((GateMessageKind.Ask, queued.Turn), (ask.Kind, ask.Turn));
    }

    [Fact]
    public void GateAnswered_AfterTheExpiry_Expires()
    {
        var queued = Queued();
        var ended = Rules.On(queued, new TaskEvent.GateAnswered(new GateAnswer(queued.Turn, Granted: true)), Ticket.ExpiresAt);
        AssertEnded(ended, JobStatus.Expired, "nothing was submitted");
    }

    [Fact]
    public void GateAnswered_NotGranted_FailsWithCreditsExhausted()
    {
        var queued = Queued();
        AssertEnded(Answer(queued, new GateAnswer(queued.Turn, Granted: false)), JobStatus.Failed, "credits");
    }

    [Fact]
    public void Canceled_InTheQueue_EndsAndReportsThatNothingWasPaid() =>
        AssertEnded(Cancel(Queued()), JobStatus.Canceled, "nothing was paid");

    [Fact]
    public void Canceled_WhilePosting_WaitsForTheOutcome()
    {
        var canceled = Cancel(Posting()).Progress;
        Assert.True(canceled.State.CancelRequested);
        Assert.Contains("may have been accepted", canceled.State.WaitingReason, StringComparison.Ordinal);
        Assert.IsType<TaskPhase.Posting>(canceled.Phase);
    }

    [Fact]
    public void Canceled_BetweenPostsWithoutDoubt_Ends() =>
        AssertEnded(
            Cancel(AfterSubmit(Posting(), new SubmitOutcome.Unavailable(Trouble, Until: null)).Progress),
            JobStatus.Canceled,
            "nothing was paid");

    [Fact]
    public void Canceled_WhileInDoubt_OnlyReadsTheLedger()
    {
        var doubt = AfterSubmit(Posting(), new SubmitOutcome.InDoubt(Start.AddMinutes(2))).Progress;
        var canceled = Cancel(doubt).Progress;
        var step = Rules.Next(Rules.On(canceled, new TaskEvent.Waited(), Start.AddSeconds(7)).Progress);
        Assert.True(Assert.IsType<TaskStep.Submit>(step).Order.OnlyAsks);
        Assert.False(
            Assert.IsType<TaskStep.Submit>(
                Rules.Next(Rules.On(doubt, new TaskEvent.Waited(), Start.AddSeconds(7)).Progress)).Order.OnlyAsks);
    }

    [Fact]
    public void Canceled_BetweenLooks_KeepsTheSlotAndDiscardsThePictures()
    {
        var canceled = Cancel(Watching());
        Assert.Empty(canceled.Messages);
        Assert.Equal(JobStages.WaitingForUpstreamToEnd, canceled.Progress.State.Stage);
        Assert.True(
            Assert.IsType<TaskStep.Look>(Rules.Next(Rules.On(canceled.Progress, new TaskEvent.Waited(), Start).Progress)).Order.Discard);
    }

    [Fact]
    public void Canceled_KeepingLateBetweenLooks_KeepsThePictures()
    {
        var late = Rules.On(Watching(), new TaskEvent.Canceled(new CancelRequest(KeepsLate: true)), Start).Progress;
        Assert.Equal((true, false), (late.State.IsLate, late.State.CancelRequested));
        Assert.False(Assert.IsType<TaskStep.Look>(Rules.Next(Rules.On(late, new TaskEvent.Waited(), Start).Progress)).Order.Discard);
        // The first cancel decides whether late pictures are kept.
        Assert.Equal(late, Cancel(late).Progress);
    }

    [Fact]
    public void Move_QueuedTask_TellsTheGateAndKeepsTheLaneForItsNextTurn()
    {
        var moved = Rules.On(Queued(), new TaskEvent.Moved(Lane.Bulk), Start);
        Assert.Equal((GateMessageKind.Move, Lane.Bulk), (Assert.Single(moved.Messages).Kind, moved.Messages[0].Lane));
        Assert.Equal(Lane.Bulk, Assert.Single(Answer(moved.Progress, GateAnswer.AskAgain).Messages).Lane);
    }

    [Fact]
    public void Move_TaskThatIsUpstream_SendsNothing()
    {
        var moved = Rules.On(Watching(), new TaskEvent.Moved(Lane.Bulk), Start);
        Assert.Empty(moved.Messages);
        Assert.Equal((Lane.Bulk, Watching().Phase), (moved.Progress.State.Lane!.Value, moved.Progress.Phase));
    }

    [Fact]
    public void End_TaskWasSubmittedOrMayHaveBeen_CountsInTheBudget()
    {
        Assert.False(Assert.Single(Look(new PollOutcome.Failed(Trouble)).Messages).IsUnspent);
        Assert.False(Assert.Single(AfterSubmit(Posting(), new SubmitOutcome.Unknown(Trouble)).Messages).IsUnspent);
        Assert.True(Assert.Single(AfterSubmit(Posting(), new SubmitOutcome.Refused(Trouble)).Messages).IsUnspent);
        Assert.True(Assert.Single(Cancel(Queued()).Messages).IsUnspent);
    }
}
