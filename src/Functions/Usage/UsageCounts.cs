namespace Darkroom.Usage;

/// <summary>What was made and what it cost, summed up.</summary>
/// <param name="Tasks">The tasks that were submitted, those with an unknown outcome of the submit included.</param>
/// <param name="Pictures">The pictures that were made and saved.</param>
/// <param name="Failed">The tasks that ended without all their pictures, or whose submit has an unknown outcome.</param>
/// <param name="Reused">The pictures that were reused instead of made.</param>
public sealed record UsageCounts(long Tasks, long Pictures, long Failed, long Reused)
{
    // The tasks that brought a picture, and so were charged.
    private long Charged { get; init; }

    /// <summary>What the tasks cost.</summary>
    public CreditRange Credits => CreditRange.Of(Charged, Tasks);

    /// <summary>No task.</summary>
    public static UsageCounts None { get; } = new(0, 0, 0, 0);

    /// <summary>The counts with one row more.</summary>
    public UsageCounts With(UsageRow row, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (row.Outcome == TaskOutcome.Reused)
            return this with { Reused = Reused + row.Reused };
        var isFailed = row.Outcome is TaskOutcome.Failed or TaskOutcome.Unknown
            || (row.Outcome == TaskOutcome.Accepted && row.Deadline < now);
        return this with
        {
            Tasks = Tasks + 1,
            Pictures = Pictures + row.Pictures,
            Failed = Failed + (isFailed ? 1 : 0),
            Charged = Charged + (row.Pictures > 0 ? 1 : 0),
        };
    }
}
