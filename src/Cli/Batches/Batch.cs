using Darkroom.Cli.Jobs;

namespace Darkroom.Cli.Batches;

/// <summary>The answer to a batch that was taken.</summary>
internal sealed record AcceptedBatch(string Id)
{
    public int Skipped { get; init; }
}

/// <summary>How far a batch is.</summary>
internal sealed record BatchState(string Id, string Status, BatchCounts Counts)
{
    public int Unknown { get; init; }

    public double? RatePerMinute { get; init; }

    public int? EtaSeconds { get; init; }
}

/// <summary>How many are where; they add up to the total.</summary>
internal sealed record BatchCounts(int Total, int Queued, int Running, int Succeeded, int Failed, int Canceled)
{
    public int Over => Succeeded + Failed + Canceled;
}

/// <summary>What a batch would be, had it been sent in earnest.</summary>
internal sealed record BatchCheck(int Total, IReadOnlyList<InvalidLine> Invalid)
{
    public BatchCredits? Credits { get; init; }

    public int? EtaSeconds { get; init; }
}

internal sealed record InvalidLine(int Line, string Message, string? Field = null);

internal sealed record BatchCredits(double Min, double Max);

/// <summary>What came of one item.</summary>
internal sealed record BatchLine(int Line, string? JobId = null)
{
    public IReadOnlyList<JobImage> Images { get => field ?? []; init; }
}
