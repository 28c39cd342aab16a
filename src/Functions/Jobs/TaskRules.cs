using System.Collections.Immutable;
using Darkroom.Gate;
using Darkroom.Jobs.Poll;
using Darkroom.Jobs.Submit;
using Darkroom.Requests;

namespace Darkroom.Jobs;

/// <summary>
/// The state machine of one task: what happens next, and what an event changes. Pure functions of the ticket, the progress, the event and
/// the time; the workflow <see cref="GenerateImage"/> carries them out.
/// </summary>
/// <param name="ticket">The input of the task's orchestration.</param>
public sealed partial class TaskRules(JobTicket ticket)
{
    // More turns than one attempt can have, so that the turns of a later attempt are always higher.
    private const int TurnsPerAttempt = 1_000_000;

    private int FirstTurn => ticket.Attempt * TurnsPerAttempt;

    /// <summary>Begins a task: it asks the gate for a slot, or takes over the pictures of an identical job.</summary>
    public TaskChange Begin(DateTime now)
    {
        var begun = Unstarted(now);
        if (ticket.Reused is { } earlier)
        {
            var reused = begun.State with { Pictures = earlier.Pictures, ReusedFrom = earlier.ReusedFrom, Seed = earlier.Seed };
            return End(begun with { State = reused }, JobStatus.Succeeded, error: null, now);
        }

        var asking = begun with { Turn = begun.Turn + 1 };
        return new TaskChange(asking, [Message(asking, GateMessageKind.Ask)]);
    }

    /// <summary>Ends a task that must not run under the id of its orchestration.</summary>
    public TaskChange RefuseOtherId(DateTime now)
    {
        // The ledger belongs to the id of the job. Under another id, a task that is already paid for would be posted again.
        var error = JobErrors.Internal($"The job {ticket.JobId} cannot be run under another id. Resubmit it instead.");
        return End(Unstarted(now), JobStatus.Failed, error, now);
    }

    /// <summary>What the orchestration does next.</summary>
    public TaskStep Next(TaskProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        return progress.Phase switch
        {
            TaskPhase.Queued => new TaskStep.WaitForGate(),
            TaskPhase.Posting posting => new TaskStep.Submit(
                new SubmitOrder(ticket, progress.GivenUpTask) { OnlyAsks = posting.IsInDoubt && progress.IsCanceled }),
            TaskPhase.BetweenPosts wait => new TaskStep.WaitUntil(wait.Until),
            TaskPhase.BetweenLooks wait => new TaskStep.WaitUntil(wait.Until),
            TaskPhase.Looking look => new TaskStep.Look(OrderOf(progress, look.Task)),
            _ => new TaskStep.End(),
        };
    }

    /// <summary>What an event changes. An event that has no meaning in the current phase changes nothing.</summary>
    public TaskChange On(TaskProgress progress, TaskEvent happened, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(progress);
        return (progress.Phase, happened) switch
        {
            (TaskPhase.Ended, _) => Unchanged(progress),
            (_, TaskEvent.Canceled canceled) => Cancel(progress, canceled.Request, now),
            (_, TaskEvent.Moved moved) => Move(progress, moved.Lane),
            (TaskPhase.Queued, TaskEvent.GateAnswered answered) => Answered(progress, answered.Answer, now),
            (TaskPhase.Posting posting, TaskEvent.Submitted submitted) => Submitted(progress, posting, submitted.Outcome, now),
            (TaskPhase.Posting posting, TaskEvent.SubmitFailed) => SubmitFailed(progress, posting, now),
            (TaskPhase.BetweenPosts wait, TaskEvent.Waited) => Post(progress, wait.Tries, wait.IsInDoubt, now),
            (TaskPhase.BetweenLooks wait, TaskEvent.Waited) => Unchanged(progress with { Phase = new TaskPhase.Looking(wait.Task) }),
            (TaskPhase.Looking look, TaskEvent.Looked looked) => Looked(progress, look.Task, looked.Result, now),
            (TaskPhase.Looking look, TaskEvent.LookFailed) => LookFailed(progress, look.Task, now),
            _ => Unchanged(progress),
        };
    }

    private TaskProgress Unstarted(DateTime now)
    {
        var state = new JobState
        {
            Attempt = ticket.Attempt,
            QueuedAt = now,
            Timeline = ticket.FirstTimeline(),
            TaskId = ticket.EarlierTasks.GetValueOrDefault(ticket.Task),
        };
        return new TaskProgress(state, FirstTurn, new TaskPhase.Queued());
    }

    private TaskChange Answered(TaskProgress progress, GateAnswer answer, DateTime now)
    {
        if (answer.Turn == GateAnswer.AskAgain.Turn)
            return new TaskChange(progress, [Message(progress, GateMessageKind.Ask)]);
        // This is a late answer to an earlier turn.
        if (answer.Turn != progress.Turn)
            return Unchanged(progress);
        if (now >= ticket.ExpiresAt)
            return End(progress, JobStatus.Expired, ExpiredUnsent(progress), now);
        if (answer.Granted)
            return Post(progress, tries: 1, isInDoubt: false, now);
        return End(
            progress,
            JobStatus.Failed,
            JobErrors.CreditsExhausted(),
            now);
    }

    private TaskChange Cancel(TaskProgress progress, CancelRequest request, DateTime now)
    {
        // The first cancel decides whether late pictures are kept.
        if (progress.IsCanceled)
            return Unchanged(progress);
        var state = progress.State;
        return progress.Phase switch
        {
            TaskPhase.Queued or TaskPhase.BetweenPosts { IsInDoubt: false } =>
                End(progress, JobStatus.Canceled, JobErrors.Canceled(progress.Submitted), now),
            _ when request.KeepsLate => Unchanged(progress with { State = state with { IsLate = true } }),
            TaskPhase.Posting or TaskPhase.BetweenPosts => Unchanged(progress with { State = Canceled(state, SubmitCertainty.Perhaps) }),
            _ =>
                Unchanged(
                    progress with
                    {
                        State = Canceled(state, SubmitCertainty.Yes).At(now, state.Status, JobStages.WaitingForUpstreamToEnd),
                    }),
        };
    }

    // A task that does not wait at the gate only remembers the lane: it may have to wait again.
    private TaskChange Move(TaskProgress progress, Lane lane)
    {
        var moved = progress with { State = progress.State with { Lane = lane } };
        return new TaskChange(moved, progress.Phase is TaskPhase.Queued ? [Message(moved, GateMessageKind.Move)] : []);
    }

    private static JobState Canceled(JobState state, SubmitCertainty submitted) =>
        state with { CancelRequested = true, WaitingReason = JobErrors.CancelDetail(submitted) };

    private TaskChange End(TaskProgress progress, JobStatus status, JobError? error, DateTime now)
    {
        var state = progress.State with
        {
            Error = error,
            EndedAt = now,
            NextPollAt = null,
            WaitingReason = null,
            ResumeAt = null,
            CancelRequested = progress.State.CancelRequested || status == JobStatus.Canceled,
        };
        var hasSlot = progress.Turn > FirstTurn && !progress.HasLeftGate;
        var ended = progress with { State = state.At(now, status, JobStages.Done), Phase = new TaskPhase.Ended() };
        var leave = Message(progress, GateMessageKind.Leave) with
        {
            IsUnspent = !progress.HasSpent && status != JobStatus.SubmissionUnknown,
        };
        return new TaskChange(ended, hasSlot ? [leave] : []);
    }

    private static JobError ExpiredUnsent(TaskProgress progress) => JobErrors.DeadlineExceeded(progress.State.TaskId is { } earlier
        ? $"The job expired while it waited for another attempt. The task {earlier} of the earlier attempt is kept."
        : "The job expired while it waited; nothing was submitted.");

    private GateMessage Message(TaskProgress progress, GateMessageKind word) => new(word, ticket.InstanceId)
    {
        Turn = progress.Turn,
        Lane = progress.State.Lane ?? ticket.Lane,
        Group = ticket.Batch,
        ExpiresAt = ticket.ExpiresAt,
        // Without credits, a job that needs none neither waits nor fails.
        FailsWithoutCredits = ticket.FailsWithoutCredits && !ticket.IsBilledByProvider,
        IsBilledByProvider = ticket.IsBilledByProvider,
    };

    private PollOrder OrderOf(TaskProgress progress, WatchedTask watched) =>
        new(ticket, watched.Task.TaskId, watched.Task.AcceptedAt, progress.State.CancelRequested, watched.ReasonLooks, progress.Turn)
        {
            IsUnspent = !progress.HasSpent,
        };

    private static TaskChange Unchanged(TaskProgress progress) => new(progress, ImmutableArray<GateMessage>.Empty);
}
