using Darkroom.Durable;
using Darkroom.Jobs.Submit;

namespace Darkroom.Jobs;

// Getting its task upstream, once.
internal sealed partial class JobRun
{
    private const int MostSubmits = 4;
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromMinutes(1);

    // Whoever posted may be heard of at any moment, and until then nobody knows whether this job is paid for.
    private static readonly TimeSpan InDoubt = TimeSpan.FromSeconds(7);

    /// <summary>Submits; null when it ended instead, begins anew, or has to wait for another turn.</summary>
    public async Task<WatchedTask?> Submit(string? givenUpTask, SubmitProgress? progress)
    {
        var isInDoubt = progress?.IsInDoubt ?? false;
        for (var tries = (progress?.Tries ?? 0) + 1; ; tries++)
        {
            if (TryBeginAnew(carry => carry with { GivenUpTask = givenUpTask, Submitting = new SubmitProgress(tries - 1, isInDoubt) }))
                return null;
            _rounds++;
            if (IsCanceled && !isInDoubt)
                return Ended(JobStatus.Canceled, JobErrors.Canceled(Submitted));
            if (Now >= ticket.ExpiresAt && !isInDoubt)
                return Ended(JobStatus.Expired, ExpiredUnsent());
            State = State with { WaitingReason = null, ResumeAt = null };
            Show(JobStatus.Submitting, JobStages.Posting);
            var submit = context.CallActivityAsync<SubmitResult>(nameof(SubmitTask), new SubmitOrder(ticket, givenUpTask) { OnlyAsks = isInDoubt && IsCanceled }, Patience.Options);
            if (await Try(Heeding(submit)) is not { } result)
            {
                // It may have posted before it failed: the ledger knows, as soon as it can be asked.
                if (Now >= ticket.ExpiresAt)
                    return Ended(JobStatus.SubmissionUnknown, JobErrors.SubmissionUnknown("Darkroom's storage was in trouble until the job expired."));
                isInDoubt = true;
                await UntilAny(Now + AfterTrouble);
                continue;
            }

            isInDoubt = result.Outcome == SubmitOutcome.InDoubt;
            switch (result.Outcome)
            {
                case SubmitOutcome.Submitted:
                    return Watching(result);
                case SubmitOutcome.CoolDown:
                    return Refused(result);
                case SubmitOutcome.Refused:
                    return Ended(JobStatus.Failed, result.Error!);
                case SubmitOutcome.Unknown:
                    return Ended(JobStatus.SubmissionUnknown, result.Error!);
                case SubmitOutcome.InDoubt:
                    var enough = result.Until!.Value;
                    await UntilAny(enough < Now + InDoubt ? enough : Now + InDoubt);
                    break;
                case SubmitOutcome.Unavailable when tries < MostSubmits:
                    Show(JobStatus.Submitting, JobStages.RetryingSubmit);
                    await UntilAny(result.Until ?? Now.AddSeconds(1 << tries), _cancel);
                    break;
                case SubmitOutcome.GivenUp when Now >= ticket.ExpiresAt && !IsCanceled:
                    return Ended(JobStatus.Expired, ExpiredUnsent());
                case SubmitOutcome.GivenUp:
                    return Ended(JobStatus.Canceled, JobErrors.Canceled(Submitted));
                case SubmitOutcome.Unavailable:
                    return Ended(JobStatus.Failed, result.Error!);
                default:
                    return Ended(JobStatus.Failed, JobErrors.Internal("The job's task belongs to another instance or to a later attempt."));
            }
        }
    }

    private WatchedTask? Ended(JobStatus status, JobError error)
    {
        End(status, error);
        return null;
    }

    // Whether anything of this job was ever submitted; an earlier attempt's task counts.
    private SubmitKnown Submitted => State.TaskId is null ? SubmitKnown.No : SubmitKnown.Yes;

    private JobError ExpiredUnsent() => JobErrors.DeadlineExceeded(State.TaskId is { } earlier
        ? $"It expired while it waited for another attempt. The task {earlier} of the earlier one is kept."
        : "It expired while it waited; nothing was submitted.");

    // While an activity runs a caller can be told that he was heard.
    private async Task<T> Heeding<T>(Task<T> activity)
    {
        if (!State.CancelRequested && !State.IsLate)
        {
            await Task.WhenAny(activity, _cancel);
            if (IsCanceled && !activity.IsCompleted)
            {
                // A batch that is given up may keep what is upstream already, and this may just be getting there.
                State = await _cancel == CancelKeepingLate
                    ? State with { IsLate = true }
                    : State with { CancelRequested = true, WaitingReason = JobErrors.CancelDetail(SubmitKnown.Perhaps) };
                context.SetCustomStatus(State.ForStatus());
            }
        }

        return await activity;
    }
}
