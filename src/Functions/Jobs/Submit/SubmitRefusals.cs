using Darkroom.Gate;
using Darkroom.ModelScope.Failures;

namespace Darkroom.Jobs.Submit;

/// <summary>What a refused submit means for the job: a pure function of the failure.</summary>
public static class SubmitRefusals
{
    // "Now", or a date just past, is no pause: then the usual ones grow.
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestInSlot = TimeSpan.FromSeconds(30);

    /// <summary>The result for <paramref name="failure"/>, which is certain: upstream did not accept.</summary>
    public static SubmitResult Of(ModelScopeException failure, DateTimeOffset now, int creditsCheckSeconds)
    {
        ArgumentNullException.ThrowIfNull(failure);
        var error = JobErrors.Of(failure);
        DateTime? until = failure.RetryAfter is { } wait && wait >= ShortestPause ? (now + wait).UtcDateTime : null;
        return failure switch
        {
            ThrottledException => new SubmitResult(SubmitOutcome.CoolDown) { Error = error, CoolDown = CoolDownReason.Throttled, Until = until },
            QuotaExceededException quota => new SubmitResult(SubmitOutcome.CoolDown) { Error = error, CoolDown = CoolDownReason.Quota, Until = quota.ResetsAt.UtcDateTime },
            CreditsExhaustedException => new SubmitResult(SubmitOutcome.CoolDown) { Error = error, CoolDown = CoolDownReason.Credits, Until = until ?? now.AddSeconds(creditsCheckSeconds).UtcDateTime },
            // So long a pause is not one to sit in a slot for.
            UpstreamUnavailableException { RetryAfter: { } pause } when pause > LongestInSlot => new SubmitResult(SubmitOutcome.CoolDown) { Error = error, CoolDown = CoolDownReason.Throttled, Until = until },
            UpstreamUnavailableException => new SubmitResult(SubmitOutcome.Unavailable) { Error = error, Until = until },
            _ => new SubmitResult(SubmitOutcome.Refused) { Error = error },
        };
    }
}
