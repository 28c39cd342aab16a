using Darkroom.Gate;
using Darkroom.Jobs.Submit;

namespace Darkroom.Jobs;

// Submitting the task to ModelScope, once.
public sealed partial class TaskRules
{
    private const int MaxTries = 4;

    private static readonly TimeSpan AfterFailedSubmit = TimeSpan.FromMinutes(1);

    // Another worker may write the outcome into the ledger at any moment.
    private static readonly TimeSpan BetweenDoubts = TimeSpan.FromSeconds(7);

    private TaskChange Post(TaskProgress progress, int tries, bool isInDoubt, DateTime now)
    {
        // While it is in doubt whether the task was posted, the submit activity runs again until that is known, even after a cancel or the
        // expiry.
        if (progress.IsCanceled && !isInDoubt)
            return End(progress, JobStatus.Canceled, JobErrors.Canceled(progress.Submitted), now);
        if (now >= ticket.ExpiresAt && !isInDoubt)
            return End(progress, JobStatus.Expired, ExpiredUnsent(progress), now);
        var reason = progress.State.CancelRequested ? progress.State.WaitingReason : null;
        var state = progress.State with { WaitingReason = reason, ResumeAt = null };
        return Unchanged(progress with
        {
            State = state.At(now, JobStatus.Submitting, JobStages.Posting),
            Phase = new TaskPhase.Posting(tries, isInDoubt),
        });
    }

    private TaskChange SubmitFailed(TaskProgress progress, TaskPhase.Posting posting, DateTime now)
    {
        if (now >= ticket.ExpiresAt)
            return End(
                progress,
                JobStatus.SubmissionUnknown,
                JobErrors.SubmissionUnknown("Darkroom's storage was not available until the job expired."),
                now);
        // The activity may have posted the task before it failed.
        return Unchanged(progress with { Phase = new TaskPhase.BetweenPosts(posting.Tries + 1, IsInDoubt: true, now + AfterFailedSubmit) });
    }

    private TaskChange Submitted(TaskProgress progress, TaskPhase.Posting posting, SubmitOutcome outcome, DateTime now) => outcome switch
    {
        SubmitOutcome.Accepted accepted => Watch(progress, accepted, now),
        SubmitOutcome.CoolDown pause => CoolDown(progress, pause, now),
        SubmitOutcome.Refused refused => End(progress, JobStatus.Failed, refused.Error, now),
        SubmitOutcome.Unknown unknown => End(progress, JobStatus.SubmissionUnknown, unknown.Error, now),
        SubmitOutcome.InDoubt doubt => Unchanged(progress with
        {
            Phase = new TaskPhase.BetweenPosts(posting.Tries + 1, IsInDoubt: true, Earlier(doubt.Until, now + BetweenDoubts)),
        }),
        SubmitOutcome.Unavailable unavailable when posting.Tries < MaxTries => Retry(progress, posting.Tries, unavailable.Until, now),
        SubmitOutcome.Unavailable unavailable => End(progress, JobStatus.Failed, unavailable.Error, now),
        SubmitOutcome.GivenUp when now >= ticket.ExpiresAt && !progress.IsCanceled =>
            End(progress, JobStatus.Expired, ExpiredUnsent(progress), now),
        SubmitOutcome.GivenUp => End(progress, JobStatus.Canceled, JobErrors.Canceled(progress.Submitted), now),
        _ => End(progress, JobStatus.Failed, JobErrors.Internal("The job's task belongs to another instance or to a later attempt."), now),
    };

    private TaskChange Retry(TaskProgress progress, int tries, DateTime? until, DateTime now)
    {
        if (progress.IsCanceled)
            return End(progress, JobStatus.Canceled, JobErrors.Canceled(progress.Submitted), now);
        return Unchanged(progress with
        {
            State = progress.State.At(now, JobStatus.Submitting, JobStages.RetryingSubmit),
            Phase = new TaskPhase.BetweenPosts(tries + 1, IsInDoubt: false, until ?? now.AddSeconds(1 << tries)),
        });
    }

    // Upstream refuses every submit for a while. The gate stops all submits and puts this task first in its queue.
    private TaskChange CoolDown(TaskProgress progress, SubmitOutcome.CoolDown pause, DateTime now)
    {
        var next = progress with { Turn = progress.Turn + 1, HasLeftGate = false };
        var refused = Message(next, GateMessageKind.Refused) with { Reason = pause.Reason, Until = pause.Until };
        if (ticket.FailsWithoutCredits && pause.Reason != CoolDownReason.Throttled)
            return After(refused, End(next, JobStatus.Failed, pause.Error, now));
        if (progress.IsCanceled)
            return After(refused, End(next, JobStatus.Canceled, JobErrors.Canceled(progress.Submitted), now));

        var state = progress.State with { WaitingReason = WaitingReasons.Of(pause), ResumeAt = pause.Until };
        var waiting = state.At(now, WaitingReasons.StatusOf(pause.Reason), WaitingReasons.StageOf(pause.Reason));
        return new TaskChange(next with { State = waiting, Phase = new TaskPhase.Queued() }, [refused]);
    }

    private static TaskChange After(GateMessage first, TaskChange change) => change with { Messages = [first, .. change.Messages] };

    private static DateTime Earlier(DateTime one, DateTime other) => one < other ? one : other;
}
