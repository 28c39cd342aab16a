using System.Text.Json;
using Darkroom.Gate;
using Darkroom.Jobs;
using Darkroom.Jobs.Poll;
using Darkroom.Jobs.Submit;
using Darkroom.Requests;
using Darkroom.TestKit;
using FsCheck;
using FsCheck.Fluent;

namespace Darkroom.Functions.Tests.Jobs;

/// <summary>Invariants of a task, checked after each event of thousands of generated sequences.</summary>
public sealed class TaskInvariantTests
{
    private static readonly DateTime Start = SampleJob.Start;

    private static readonly JobTicket Ticket = SampleJob.Ticket with { ExpiresAt = SampleJob.Start.AddHours(2) };

    private static readonly TaskRules Rules = new(Ticket);
    private static readonly JobError Trouble = SampleJob.Trouble;
    private static readonly PollSchedule Schedule = new(FirstSeconds: 6, StepSeconds: 2, SlowFromSeconds: 60, Growth: 0.1, FloorSeconds: 1);

    private sealed record Moment(TaskProgress Before, TaskChange After, DateTime Now);

    // Any event may come at any time, but only events that fit the phase have an effect.
    private static Gen<TaskEvent> Events => Gen.OneOf(
        Gen.Elements(1_000_001, 1_000_002, 1_000_003).Select(
            turn => (TaskEvent)new TaskEvent.GateAnswered(new GateAnswer(turn, Granted: true))),
        Gen.Constant((TaskEvent)new TaskEvent.GateAnswered(GateAnswer.AskAgain)),
        Gen.Elements(Submits).Select(result => (TaskEvent)new TaskEvent.Submitted(result)),
        Gen.Elements<TaskEvent>(new TaskEvent.SubmitFailed(), new TaskEvent.LookFailed()),
        Gen.Constant((TaskEvent)new TaskEvent.Waited()),
        Gen.Elements<TaskEvent>(new TaskEvent.Waited(), new TaskEvent.Moved(Lane.Bulk), new TaskEvent.Moved(Lane.Interactive)),
        from outcome in Gen.Elements(Outcomes)
        from hasLeft in Gen.Elements(true, false)
        select (TaskEvent)new TaskEvent.Looked(new PollResult(outcome, new PollFacts { HasLeftGate = hasLeft, RawStatus = "RUNNING" })),
        from keeps in Gen.Elements(true, false)
        from rare in Gen.Choose(0, 3)
        select rare > 0 ? new TaskEvent.Waited() : (TaskEvent)new TaskEvent.Canceled(new CancelRequest(keeps)));

    private static SubmitOutcome[] Submits =>
    [
        new SubmitOutcome.Accepted("task", "request", Start, IsEarlier: false, Schedule),
        new SubmitOutcome.Accepted("earlier", "request", Start, IsEarlier: true, Schedule),
        new SubmitOutcome.CoolDown(CoolDownReason.Throttled, Until: null, Trouble),
        new SubmitOutcome.CoolDown(CoolDownReason.Credits, Start.AddMinutes(1), Trouble),
        new SubmitOutcome.Refused(Trouble),
        new SubmitOutcome.Unavailable(Trouble, Until: null),
        new SubmitOutcome.InDoubt(Start.AddMinutes(2)),
        new SubmitOutcome.Unknown(Trouble),
        new SubmitOutcome.NotMine(),
        new SubmitOutcome.GivenUp(),
    ];

    private static PollOutcome[] Outcomes =>
    [
        new PollOutcome.Running(),
        new PollOutcome.FailedWithoutReason(),
        new PollOutcome.Saved(),
        new PollOutcome.Discarded(),
        new PollOutcome.PictureUnavailable(Trouble),
        new PollOutcome.Failed(Trouble),
        new PollOutcome.Rejected(Trouble),
    ];

    [Fact]
    public void Task_Ended_IsTerminalAndNeverChanges() => Always(moment =>
        moment.Before.Phase is TaskPhase.Ended
            ? moment.After.Progress == moment.Before && moment.After.Messages.IsEmpty
            : moment.After.Progress.Phase is TaskPhase.Ended == moment.After.Progress.State.Status.IsTerminal());

    [Fact]
    public void Leave_OfATaskThatMayBePaid_UsesTheBudget() => Always(moment =>
        moment.After.Messages.All(message => message.Kind != GateMessageKind.Leave || !message.IsUnspent
            || (moment.After.Progress.State.TaskId != "task"
                && moment.After.Progress.State.Status != JobStatus.SubmissionUnknown)));

    [Fact]
    public void Task_Accepted_IsNeverPostedAgain() => AlwaysOfAll(moments =>
    {
        var accepted = moments.FindIndex(moment => moment.After.Progress.State.TaskId == "task");
        return accepted < 0 || moments.Skip(accepted).All(moment => Rules.Next(moment.After.Progress) is not TaskStep.Submit);
    });

    [Fact]
    public void TaskOfAnEarlierAttempt_Known_IsGivenUpBeforeAnotherPost() => Always(moment =>
        moment.Before.State.TaskId != "earlier" || Rules.Next(moment.After.Progress) is not TaskStep.Submit submit
            || submit.Order.GivenUpTask == "earlier");

    [Fact]
    public void Turn_AfterAnyEvent_NeverDecreases() => Always(moment => moment.After.Progress.Turn >= moment.Before.Turn);

    [Fact]
    public void Slot_AfterTheEnd_WasGivenBackOnce() => AlwaysOfAll(moments =>
    {
        var leaves = moments.SelectMany(moment => moment.After.Messages).Count(message => message.Kind == GateMessageKind.Leave);
        var hasEnded = moments[^1].After.Progress.Phase is TaskPhase.Ended;
        return leaves == (hasEnded && !moments[^1].After.Progress.HasLeftGate ? 1 : 0);
    });

    [Fact]
    public void WaitForALook_NearTheDeadline_ExceedsItByTheTimerResolutionAtMost() => Always(moment =>
        moment.After.Progress.Phase is not TaskPhase.BetweenLooks wait || moment.After.Progress.Phase == moment.Before.Phase
        || (
            wait.Until <= wait.Task.Deadline ? wait.Until >= moment.Now
                || wait.Until == wait.Task.Deadline : wait.Until <= moment.Now.AddSeconds(2)));

    [Fact]
    public void Error_TaskIdKnown_NeverClaimsThatNothingWasPaid() => Always(moment =>
        moment.After.Progress.State.TaskId is null
            || moment.After.Progress.State.Error?.Detail.Contains("nothing was paid", StringComparison.Ordinal) != true);

    [Fact]
    public void Task_CanceledAndEnded_HasAnAllowedStatus() => Always(moment =>
        !moment.After.Progress.State.CancelRequested || !moment.After.Progress.State.Status.IsTerminal()
        || moment.After.Progress.State.Status is JobStatus.Canceled or JobStatus.Succeeded or JobStatus.Failed
            or JobStatus.SubmissionUnknown);

    [Fact]
    public void Progress_JsonRoundTrip_IsUnchanged() => Always(moment =>
    {
        var json = JsonSerializer.Serialize(moment.After.Progress);
        return JsonSerializer.Serialize(JsonSerializer.Deserialize<TaskProgress>(json)) == json;
    });

    private static void Always(Func<Moment, bool> holds) => AlwaysOfAll(moments => moments.All(holds));

    private static void AlwaysOfAll(Func<List<Moment>, bool> holds) => Properties.ForAll(
        Gen.NonEmptyListOf(from happened in Events from seconds in Gen.Choose(0, 90) select (happened, seconds)),
        story =>
        {
            var (progress, now, moments) = (Rules.Begin(Start).Progress, Start, new List<Moment>());
            foreach (var (happened, seconds) in story)
            {
                now = now.AddSeconds(seconds);
                var change = Rules.On(progress, happened, now);
                moments.Add(new Moment(progress, change, now));
                progress = change.Progress;
            }

            return holds(moments);
        },
        cases: 2000);
}
