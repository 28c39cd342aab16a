namespace Darkroom.Maintenance;

/// <summary>Decides whether a job may be purged, as a pure function.</summary>
public static class RetentionRules
{
    /// <param name="found">What is known of the job.</param>
    /// <param name="before">Jobs that ended before this time may be purged.</param>
    public static RetentionVerdict Decide(JobFound found, DateTime before)
    {
        ArgumentNullException.ThrowIfNull(found);
        return found switch
        {
            // Another job uses its pictures, or its webhook is being delivered.
            { IsNeeded: true } => RetentionVerdict.Keep,
            // An index entry without a job: an earlier run was interrupted, or a start lost a race.
            { EndedAt: null, IsThere: false } => RetentionVerdict.Purge,
            { EndedAt: { } ended } when ended < before => RetentionVerdict.Purge,
            _ => RetentionVerdict.Keep,
        };
    }
}

/// <summary>What is known of a job.</summary>
/// <param name="IsThere">Whether its instance exists.</param>
/// <param name="EndedAt">When the job ended; null while it has not.</param>
/// <param name="IsNeeded">Whether another job uses its pictures, or its webhook is being delivered.</param>
public sealed record JobFound(bool IsThere, DateTime? EndedAt, bool IsNeeded);

public enum RetentionVerdict
{
    Keep,
    Purge,
}
