namespace Darkroom.Maintenance;

/// <summary>What may be forgotten: a pure function of what was found.</summary>
public static class RetentionRules
{
    /// <param name="found">What was found of the job.</param>
    /// <param name="before">What was over before may go.</param>
    public static RetentionVerdict Decide(JobFound found, DateTime before)
    {
        ArgumentNullException.ThrowIfNull(found);
        return found switch
        {
            // Its pictures are another job's too.
            { IsNeeded: true } => RetentionVerdict.Keep,
            // A card whose job is gone, or never came to be: an earlier run was cut short, or a start lost its race.
            { EndedAt: null, IsThere: false } => RetentionVerdict.Purge,
            { EndedAt: { } ended } when ended < before => RetentionVerdict.Purge,
            _ => RetentionVerdict.Keep,
        };
    }
}

/// <summary>What was found of a job.</summary>
/// <param name="IsThere">Whether its instance is.</param>
/// <param name="EndedAt">When it ended; null while it has not.</param>
/// <param name="IsNeeded">Whether another job lives on its pictures.</param>
public sealed record JobFound(bool IsThere, DateTime? EndedAt, bool IsNeeded);

/// <summary>What becomes of it.</summary>
public enum RetentionVerdict
{
    /// <summary>It stays.</summary>
    Keep,

    /// <summary>It goes.</summary>
    Purge,
}
