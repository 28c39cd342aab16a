using Darkroom.Durable;
using Darkroom.Gate;
using Darkroom.Jobs.Poll;
using Darkroom.Jobs.Submit;

namespace Darkroom.Jobs;

// Looking at the upstream task until it ends.
public sealed partial class TaskRules
{
    private const int MaxFetches = 4;

    private TaskChange Watch(TaskProgress progress, SubmitOutcome.Accepted task, DateTime now)
    {
        var state = progress.State with
        {
            TaskId = task.TaskId,
            RequestId = task.RequestId ?? progress.State.RequestId,
            SubmittedAt = task.AcceptedAt,
            ExpectedAt = task.AcceptedAt.AddSeconds(task.Schedule.FirstSeconds),
        };
        state = state.CancelRequested
            ? Canceled(state, SubmitCertainty.Yes).At(now, JobStatus.Generating, JobStages.WaitingForUpstreamToEnd)
            : state.At(now, JobStatus.Generating, JobStages.WaitingForUpstream);
        // Each attempt has its own deadline, even if it watches the task of an earlier attempt. No task is watched after its job has
        // expired.
        var deadline = (task.IsEarlier ? now : task.AcceptedAt).AddSeconds(ticket.DeadlineSeconds);
        var watched = new WatchedTask(task, Earlier(deadline, ticket.ExpiresAt));
        return WaitToLook(progress with { State = state, HasSpent = !task.IsEarlier }, watched, now);
    }

    private static TaskChange WaitToLook(TaskProgress progress, WatchedTask watched, DateTime now)
    {
        var at = NextLook(progress.State.Polls, watched, now);
        return Unchanged(
            progress with { State = progress.State with { NextPollAt = at }, Phase = new TaskPhase.BetweenLooks(watched, at) });
    }

    private static DateTime NextLook(int polls, WatchedTask watched, DateTime now)
    {
        var schedule = watched.Task.Schedule;
        var wait = watched.Fetches > 0 ? schedule.AfterFetches(watched.Fetches) : schedule.Next(now - watched.Task.AcceptedAt);
        // The task of an earlier attempt may have ended long ago, so the first look is due now.
        var next = watched.Task.IsEarlier && polls == 0 ? now : now + TimerResolution.Fit(wait);
        var at = Earlier(next, watched.Deadline);
        // If a timer fires just before the deadline, this minimum wait prevents looks in quick succession.
        var soonest = now + TimerResolution.Fit(TimeSpan.FromSeconds(Math.Min(TimerResolution.Seconds, schedule.FloorSeconds)));
        return polls > 0 && at < soonest ? soonest : at;
    }

    private TaskChange Looked(TaskProgress progress, WatchedTask watched, PollResult seen, DateTime now)
    {
        var facts = seen.Facts;
        var state = progress.State with
        {
            Polls = progress.State.Polls + 1,
            RawStatus = facts.RawStatus ?? progress.State.RawStatus,
            RequestId = facts.RequestId ?? progress.State.RequestId,
            TimeTakenMs = facts.TimeTakenMs ?? progress.State.TimeTakenMs,
            Seed = facts.Seed ?? progress.State.Seed,
            // Keep the pictures that were saved before another one failed: they are paid for.
            Pictures = seen.Pictures.Count > 0 ? seen.Pictures : progress.State.Pictures,
        };
        progress = progress with { State = state, HasLeftGate = progress.HasLeftGate || facts.HasLeftGate };
        return seen.Outcome switch
        {
            PollOutcome.Saved => End(progress with { State = state with { DoneAt = now } }, JobStatus.Succeeded, error: null, now),
            PollOutcome.Failed or PollOutcome.Discarded when state.CancelRequested =>
                End(progress, JobStatus.Canceled, JobErrors.Canceled(SubmitCertainty.Yes), now),
            PollOutcome.Failed when watched.Task.IsEarlier => PostAnother(progress with { GivenUpTask = watched.Task.TaskId }, now),
            PollOutcome.Failed failed => End(progress, JobStatus.Failed, failed.Error, now),
            PollOutcome.Rejected rejected => End(progress, JobStatus.Failed, rejected.Error, now),
            PollOutcome.PictureUnavailable lost when watched.Fetches >= MaxFetches => End(progress, JobStatus.Failed, lost.Error, now),
            PollOutcome.PictureUnavailable => LookAgain(
                progress with
                {
                    State = state.At(now, JobStatus.Saving, JobStages.FetchingAgain),
                }, watched with { Fetches = watched.Fetches + 1 }, now),
            PollOutcome.FailedWithoutReason => LookAgain(progress, watched with { ReasonLooks = watched.ReasonLooks + 1 }, now),
            _ => LookAgain(progress, watched, now),
        };
    }

    // The task of the earlier attempt ended without a picture. Only then may a new task be posted.
    private TaskChange PostAnother(TaskProgress progress, DateTime now)
    {
        if (!progress.HasLeftGate)
            return Post(progress, tries: 1, isInDoubt: false, now);
        var asking = progress with
        {
            Turn = progress.Turn + 1,
            HasLeftGate = false,
            State = progress.State.At(now, JobStatus.Queued, JobStages.WaitingForSlot),
            Phase = new TaskPhase.Queued(),
        };
        return new TaskChange(asking, [Message(asking, GateMessageKind.Ask)]);
    }

    private TaskChange LookFailed(TaskProgress progress, WatchedTask watched, DateTime now)
    {
        progress = progress with { State = progress.State with { Polls = progress.State.Polls + 1 } };
        return now < watched.Deadline
            ? WaitToLook(progress, watched, now)
            : Overdue(
                progress,
                $"Darkroom's storage was not available until the deadline. The task {watched.Task.TaskId} is kept: a resubmit looks at "
                    + "it first.",
                now);
    }

    private TaskChange LookAgain(TaskProgress progress, WatchedTask watched, DateTime now)
    {
        if (now < watched.Deadline)
            return WaitToLook(progress, watched, now);
        var task = watched.Task.TaskId;
        return Overdue(progress, watched.Fetches > 0
            ? $"ModelScope was done, but a picture could not be fetched in time. The task {task} is kept: a resubmit fetches the "
                + "picture without a new task."
            : $"ModelScope was not done in time ({ticket.DeadlineSeconds} s from the accepted submit, or the job's expiry). The task "
                + $"{task} is kept: a resubmit looks at it first.", now);
    }

    private TaskChange Overdue(TaskProgress progress, string detail, DateTime now) => progress.State.CancelRequested
        ? End(progress, JobStatus.Canceled, JobErrors.Canceled(SubmitCertainty.Yes), now)
        : End(progress, JobStatus.Expired, JobErrors.DeadlineExceeded(detail), now);
}
