namespace Darkroom.Cli.Operations;

/// <summary>What was made in a range of days.</summary>
internal sealed record Usage(IReadOnlyList<UsageCounts> Items, UsageCounts Total);

/// <summary>The counts of one day, model, caller or batch, or of all.</summary>
internal sealed record UsageCounts
{
    /// <summary>The day, model, caller or batch; null in the total.</summary>
    public string? Key { get; init; }

    public int Tasks { get; init; }

    public int Pictures { get; init; }

    public int Failed { get; init; }

    public int Reused { get; init; }

    public Credits? Credits { get; init; }
}
