using Darkroom.Gate;
using Darkroom.ModelScope.Failures;

namespace Darkroom.Jobs.Submit;

/// <summary>What a refused submit means for the job: a pure function of the failure.</summary>
public static class SubmitRefusals
{
    // A Retry-After of 0 s or with a date in the past is of no use: the gate's own growing pauses apply.
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    // A longer pause must not block a slot.
    private static readonly TimeSpan LongestInSlot = TimeSpan.FromSeconds(30);

    /// <summary>The result for a failure after which it is certain that upstream did not accept the task.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="ticket">The ticket of the task.</param>
    /// <param name="now">The current time.</param>
    /// <param name="creditsCheckSeconds">How often credits are looked up.</param>
    public static SubmitOutcome Of(ModelScopeException failure, JobTicket ticket, DateTimeOffset now, int creditsCheckSeconds)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        ArgumentNullException.ThrowIfNull(failure);
        var error = JobErrors.Of(failure);
        DateTime? until = failure.RetryAfter is { } wait && wait >= ShortestPause ? (now + wait).UtcDateTime : null;
        return failure switch
        {
            ThrottledException => new SubmitOutcome.CoolDown(CoolDownReason.Throttled, until, error),
            // This says nothing about the account's credits, so no other job has to wait.
            QuotaExceededException or CreditsExhaustedException when ticket.IsBilledByProvider =>
                new SubmitOutcome.Refused(JobErrors.ProviderRefused(failure)),
            QuotaExceededException quota => new SubmitOutcome.CoolDown(CoolDownReason.Quota, quota.ResetsAt.UtcDateTime, error),
            CreditsExhaustedException =>
                new SubmitOutcome.CoolDown(CoolDownReason.Credits, until ?? now.AddSeconds(creditsCheckSeconds).UtcDateTime, error),
            UpstreamUnavailableException { RetryAfter: { } pause } when pause > LongestInSlot =>
                new SubmitOutcome.CoolDown(CoolDownReason.Throttled, until, error),
            UpstreamUnavailableException => new SubmitOutcome.Unavailable(error, until),
            _ => new SubmitOutcome.Refused(error),
        };
    }
}
