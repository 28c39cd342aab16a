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
    public static SubmitOutcome Of(ModelScopeException failure, DateTimeOffset now, int creditsCheckSeconds)
    {
        ArgumentNullException.ThrowIfNull(failure);
        var error = JobErrors.Of(failure);
        DateTime? until = failure.RetryAfter is { } wait && wait >= ShortestPause ? (now + wait).UtcDateTime : null;
        return failure switch
        {
            ThrottledException => new SubmitOutcome.CoolDown(CoolDownReason.Throttled, until, error),
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
