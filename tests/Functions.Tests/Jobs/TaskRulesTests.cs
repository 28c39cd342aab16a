using Darkroom.Gate;
using Darkroom.Jobs;
using Darkroom.Jobs.Poll;
using Darkroom.Jobs.Submit;

namespace Darkroom.Functions.Tests.Jobs;

/// <summary>What an event changes for a task, phase by phase.</summary>
public sealed class TaskRulesTests
{
    private const string Task = "task-1";

    private static readonly DateTime Start = new(2026, 11, 21, 8, 0, 0, DateTimeKind.Utc);

    private static readonly JobError Trouble = JobErrors.Internal("some trouble");

    private static readonly JobTicket Ticket = new()
    {
        JobId = "job",
        Request = "{}",
        RequestHash = "hash",
        CreatedAt = Start,
        ExpiresAt = Start.AddDays(7),
        DeadlineSeconds = 600,
    };

    private static readonly SubmitOutcome.Accepted Accepted =
        new(
            Task,
            "request-1",
            Start,
            IsEarlier: false,
            new PollSchedule(FirstSeconds: 6, StepSeconds: 2, SlowFromSeconds: 60, Growth: 0.1, FloorSeconds: 1));

    private static TaskRules Rules { get; } = new(Ticket);

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
            Cancel(Submit(Posting(), new SubmitOutcome.Unavailable(Trouble, Until: null)).Progress),
            JobStatus.Canceled,
            "nothing was paid");

    [Fact]
    public void Canceled_WhileInDoubt_OnlyReadsTheLedger()
    {
        var doubt = Submit(Posting(), new SubmitOutcome.InDoubt(Start.AddMinutes(2))).Progress;
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
    public void Submitted_Accepted_WaitsForTheFirstLook()
    {
        var watching = Watching();
        Assert.Equal((Task, "request-1", JobStatus.Generating), (watching.State.TaskId, watching.State.RequestId, watching.State.Status));
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

    [Theory]
    [InlineData(CoolDownReason.Throttled, JobStatus.Queued, JobStages.CoolingDown)]
    [InlineData(CoolDownReason.Quota, JobStatus.WaitingForCredits, JobStages.WaitingForQuota)]
    [InlineData(CoolDownReason.Credits, JobStatus.WaitingForCredits, JobStages.WaitingForCredits)]
    public void Submitted_CoolDown_NotifiesTheGateAndReturnsToTheQueue(CoolDownReason reason, JobStatus status, string stage)
    {
        var posting = Posting();
        var change = Submit(posting, new SubmitOutcome.CoolDown(reason, Start.AddMinutes(1), Trouble));
        var message = Assert.Single(change.Messages);
        Assert.Equal((GateMessageKind.Refused, posting.Turn + 1, reason), (message.Kind, message.Turn, message.Reason!.Value));
        Assert.Equal(
            (status, stage, Start.AddMinutes(1)),
            (change.Progress.State.Status, change.Progress.State.Stage, change.Progress.State.ResumeAt!.Value));
        Assert.IsType<TaskPhase.Queued>(change.Progress.Phase);
    }

    [Fact]
    public void Submitted_OutOfCreditsAndJobDoesNotWait_FailsAndNotifiesTheGate()
    {
        var rules = new TaskRules(Ticket with { FailsWithoutCredits = true });
        var change = rules.On(
            Posting(), new TaskEvent.Submitted(new SubmitOutcome.CoolDown(CoolDownReason.Credits, Start, Trouble)), Start);
        Assert.Equal([GateMessageKind.Refused, GateMessageKind.Leave], change.Messages.Select(message => message.Kind));
        Assert.Equal(JobStatus.Failed, change.Progress.State.Status);
    }

    [Fact]
    public void Submitted_Unavailable_IsTriedFourTimesWithGrowingPauses()
    {
        var (progress, now, pauses) = (Posting(), Start, new List<double>());
        while (Submit(
                progress,
                new SubmitOutcome.Unavailable(Trouble, Until: null),
                now).Progress is { Phase: TaskPhase.BetweenPosts wait } waiting)
        {
            pauses.Add((wait.Until - now).TotalSeconds);
            progress = Rules.On(waiting, new TaskEvent.Waited(), now = wait.Until).Progress;
        }

        Assert.Equal([2, 4, 8], pauses);
        AssertEnded(Submit(progress, new SubmitOutcome.Unavailable(Trouble, Until: null), now), JobStatus.Failed, "some trouble");
    }

    [Fact]
    public void Submitted_Refused_Fails() =>
        AssertEnded(Submit(Posting(), new SubmitOutcome.Refused(Trouble)), JobStatus.Failed, "some trouble");

    [Fact]
    public void Submitted_Unknown_EndsAndIsNeverPostedAgain() =>
        AssertEnded(
            Submit(Posting(), new SubmitOutcome.Unknown(JobErrors.SubmissionUnknown("silence"))), JobStatus.SubmissionUnknown, "silence");

    [Fact]
    public void Submitted_GivenUp_IsCanceledOrAfterTheExpiryExpired()
    {
        AssertEnded(Submit(Posting(), new SubmitOutcome.GivenUp()), JobStatus.Canceled, "nothing was paid");
        AssertEnded(Submit(Posting(), new SubmitOutcome.GivenUp(), Ticket.ExpiresAt), JobStatus.Expired, "nothing was submitted");
    }

    [Fact]
    public void Submitted_InDoubt_ReadsTheLedgerAgainSoon()
    {
        Assert.Equal(Start.AddSeconds(7), WaitAfter(new SubmitOutcome.InDoubt(Start.AddMinutes(2))));
        Assert.Equal(Start.AddSeconds(3), WaitAfter(new SubmitOutcome.InDoubt(Start.AddSeconds(3))));

        static DateTime WaitAfter(SubmitOutcome result) =>
            Assert.IsType<TaskStep.WaitUntil>(Rules.Next(Submit(Posting(), result).Progress)).At;
    }

    [Fact]
    public void SubmitFailed_AfterTheExpiry_IsUnknown()
    {
        var doubt = Assert.IsType<TaskPhase.BetweenPosts>(Rules.On(Posting(), new TaskEvent.SubmitFailed(), Start).Progress.Phase);
        Assert.True(doubt.IsInDoubt);
        AssertEnded(
            Rules.On(Posting(), new TaskEvent.SubmitFailed(), Ticket.ExpiresAt), JobStatus.SubmissionUnknown, "storage was not available");
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
        Assert.Equal(Task, Assert.IsType<TaskStep.Submit>(Rules.Next(posted.Progress)).Order.GivenUpTask);
    }

    [Fact]
    public void Looked_FailedTaskOfAnEarlierAttemptWithoutSlot_AsksForANewSlot()
    {
        var asking = LookAtEarlier(new PollFacts { HasLeftGate = true });
        Assert.Equal(GateMessageKind.Ask, Assert.Single(asking.Messages).Kind);
        Assert.IsType<TaskPhase.Queued>(asking.Progress.Phase);
        Assert.Equal(Task, asking.Progress.GivenUpTask);
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
            Rules.On(Looking(), Seen(new PollOutcome.Running()), Start.AddSeconds(600)), JobStatus.Expired, $"The task {Task} is kept");

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

    private static TaskProgress Queued() => Rules.Begin(Start).Progress;

    private static TaskProgress Posting() => Posting(Start);

    private static TaskProgress Posting(DateTime now) =>
        Rules.On(Queued(), new TaskEvent.GateAnswered(new GateAnswer(Queued().Turn, Granted: true)), now).Progress;

    private static TaskProgress Watching() => Submit(Posting(), Accepted).Progress;

    private static TaskProgress Looking() => Rules.On(Watching(), new TaskEvent.Waited(), Start).Progress;

    private static TaskChange Answer(TaskProgress progress, GateAnswer answer) =>
        Rules.On(progress, new TaskEvent.GateAnswered(answer), Start);

    private static TaskChange Cancel(TaskProgress progress) =>
        Rules.On(progress, new TaskEvent.Canceled(new CancelRequest(KeepsLate: false)), Start);

    private static TaskChange Submit(TaskProgress progress, SubmitOutcome result, DateTime? now = null) =>
        Rules.On(progress, new TaskEvent.Submitted(result), now ?? Start);

    private static TaskChange Look(PollOutcome outcome, PollFacts? facts = null) => Rules.On(Looking(), Seen(outcome, facts), Start);

    private static TaskChange LookAtEarlier(PollFacts facts)
    {
        var watching = Submit(Posting(), Accepted with { IsEarlier = true }).Progress;
        return Rules.On(Rules.On(watching, new TaskEvent.Waited(), Start).Progress, Seen(new PollOutcome.Failed(Trouble), facts), Start);
    }

    private static TaskEvent.Looked Seen(PollOutcome outcome, PollFacts? facts = null) =>
        new(new PollResult(outcome, facts ?? new PollFacts()));

    private static void AssertEnded(TaskChange change, JobStatus status, string detail)
    {
        Assert.IsType<TaskStep.End>(Rules.Next(change.Progress));
        Assert.Equal(status, change.Progress.State.Status);
        Assert.Contains(detail, change.Progress.State.Error!.Detail, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(GateMessageKind.Leave, Assert.Single(change.Messages).Kind);
    }
}
