using Darkroom.Cli.Jobs;

namespace Darkroom.Cli.Batches;

/// <summary>The server's answer to an accepted batch.</summary>
internal sealed record AcceptedBatch(string Id)
{
    public int Total { get; init; }

    public int Skipped { get; init; }
}

internal sealed record BatchState(string Id, string Status, BatchCounts Counts)
{
    public int Unknown { get; init; }

    public bool IsFinished => Status == "finished";

    public DateTimeOffset CreatedAt { get; init; }

    public double? RatePerMinute { get; init; }

    public int? EtaSeconds { get; init; }

    /// <summary>The batch whose failed items this one retries.</summary>
    public string? Parent { get; init; }
}

/// <summary>The number of items in each state. The numbers add up to <c>Total</c>.</summary>
internal sealed record BatchCounts(int Total, int Queued, int Running, int Succeeded, int Failed, int Canceled)
{
    public int Over => Succeeded + Failed + Canceled;

    public double Percent => Total == 0 ? 100 : 100.0 * Over / Total;
}

/// <summary>The result of a dry run: the batch is checked and not submitted.</summary>
internal sealed record BatchCheck(int Total, IReadOnlyList<InvalidLine> Invalid)
{
    public Credits? Credits { get; init; }

    public int? EtaSeconds { get; init; }

    /// <summary>The number of invalid lines. <see cref="Invalid"/> has only the first ones.</summary>
    public int? InvalidLines { get; init; }
}

internal sealed record InvalidLine(int Line, string Message, string? Field = null);

/// <summary>One line of the results file.</summary>
internal sealed record BatchLine(int Line, string? JobId = null)
{
    /// <summary>The number of the item among those of its line, from 0.</summary>
    public int Index { get; init; }

    public IReadOnlyList<JobImage> Images { get => field ?? []; init; }
}
