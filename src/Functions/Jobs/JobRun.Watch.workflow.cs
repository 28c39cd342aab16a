using Darkroom.Durable;
using Darkroom.Jobs.Poll;
using Darkroom.Jobs.Submit;

namespace Darkroom.Jobs;

// Looking at its task until that is over.
internal sealed partial class JobRun
{
    private const int MostFetches = 4;

    // Upstream has accepted: from here on there is a task to be watched.
    private WatchedTask Watching(SubmitResult task)
    {
        var accepted = task.AcceptedAt!.Value;
        State = State with { TaskId = task.TaskId, RequestId = task.RequestId ?? State.RequestId, SubmittedAt = accepted, ExpectedAt = accepted.AddSeconds(task.Schedule!.FirstSeconds) };
        Show(JobStatus.Generating, JobStages.WaitingForUpstream);
        // An attempt has its own deadline, also for a task it took over; and nothing outlives its expiry.
        var deadline = (task.IsEarlier ? Now : accepted).AddSeconds(ticket.DeadlineSeconds);
        return new WatchedTask(task, deadline < ticket.ExpiresAt ? deadline : ticket.ExpiresAt);
    }

    /// <summary>Watches a task to its end. Null when it ended the job, or begins anew; else why the task, which is one of an earlier attempt, came to nothing.</summary>
    public async Task<JobError?> Watch(WatchedTask watched, string? givenUpTask)
    {
        var (task, deadline, accepted) = (watched.Task, watched.Deadline, watched.Task.AcceptedAt!.Value);
        var (reasonLooks, fetches, isInTrouble) = (watched.ReasonLooks, watched.Fetches, false);
        while (!TryBeginAnew(carry => carry with { GivenUpTask = givenUpTask, Watched = watched with { ReasonLooks = reasonLooks, Fetches = fetches } }))
        {
            _rounds++;
            var wait = fetches > 0 ? task.Schedule!.AfterFetches(fetches) : task.Schedule!.Next(Now - accepted);
            var next = task.IsEarlier && State.Polls == 0 ? Now : Now + TimerGrain.Fit(wait);
            var at = next < deadline ? next : deadline;
            // A timer that fired early, just before the deadline, must not make looks in quick succession.
            var soonest = Now + TimerGrain.Fit(TimeSpan.FromSeconds(Math.Min(TimerGrain.Seconds, task.Schedule.FloorSeconds)));
            await WaitToLook(State.Polls > 0 && at < soonest ? soonest : at);
            var look = context.CallActivityAsync<CollectResult>(nameof(CollectTask), new CollectOrder(ticket, task.TaskId!, accepted, State.CancelRequested, reasonLooks, _turn), Patience.Options);
            var found = await Try(look);
            isInTrouble = found is null;
            var seen = found ?? new CollectResult(CollectOutcome.Running);
            _hasLeftGate |= seen.HasLeftGate;
            State = State with
            {
                Polls = State.Polls + 1,
                RawStatus = seen.RawStatus ?? State.RawStatus,
                RequestId = seen.RequestId ?? State.RequestId,
                TimeTakenMs = seen.TimeTakenMs ?? State.TimeTakenMs,
                Seed = seen.Seed ?? State.Seed,
                // Also those beside one that failed: they are safe, and paid for.
                Pictures = seen.Pictures.Count > 0 ? seen.Pictures : State.Pictures,
            };
            switch (seen.Outcome)
            {
                case CollectOutcome.Saved:
                    State = State with { DoneAt = Now };
                    End(JobStatus.Succeeded, error: null);
                    return null;
                case CollectOutcome.Failed when task.IsEarlier && !State.CancelRequested:
                    return seen.Error;
                case CollectOutcome.Failed when !State.CancelRequested:
                case CollectOutcome.Rejected:
                    End(JobStatus.Failed, seen.Error);
                    return null;
                case CollectOutcome.Discarded or CollectOutcome.Failed:
                    End(JobStatus.Canceled, JobErrors.Canceled(SubmitKnown.Yes));
                    return null;
                case CollectOutcome.PictureUnavailable when fetches >= MostFetches:
                    End(JobStatus.Failed, seen.Error);
                    return null;
                case CollectOutcome.PictureUnavailable:
                    fetches++;
                    Show(JobStatus.Saving, JobStages.FetchingAgain);
                    break;
                default:
                    // A failed task without words is looked at again for them.
                    reasonLooks += ModelScope.Tasks.TaskStates.Read(seen.RawStatus) == ModelScope.Tasks.TaskState.Failed ? 1 : 0;
                    break;
            }

            if (Now >= deadline)
            {
                if (State.CancelRequested)
                    End(JobStatus.Canceled, JobErrors.Canceled(SubmitKnown.Yes));
                else
                    End(JobStatus.Expired, JobErrors.DeadlineExceeded(isInTrouble
                        ? $"Darkroom's storage was in trouble until the time was up. The task {task.TaskId} is kept: a resubmit looks at it first."
                        : fetches > 0
                        ? $"ModelScope was done, but a picture could not be fetched in time. The task {task.TaskId} is kept: a resubmit fetches it without a new one."
                        : $"ModelScope was not done in time ({ticket.DeadlineSeconds} s from the accepted submit, or the job's expiry). The task {task.TaskId} is kept: a resubmit looks at it first."));
                return null;
            }
        }

        return null;
    }

    private async Task WaitToLook(DateTime at)
    {
        State = State with { NextPollAt = at };
        context.SetCustomStatus(State.ForStatus());
        await UntilAny(at, State.CancelRequested || State.IsLate ? null : _cancel);
        if (!IsCanceled || State.CancelRequested || State.IsLate)
            return;

        if (await _cancel == CancelKeepingLate)
        {
            State = State with { IsLate = true };
            context.SetCustomStatus(State.ForStatus());
            await UntilAny(at);
            return;
        }

        State = State with { CancelRequested = true, WaitingReason = JobErrors.CancelDetail(SubmitKnown.Yes) };
        Show(State.Status, JobStages.WaitingForUpstreamToEnd);
        await UntilAny(at);
    }
}
