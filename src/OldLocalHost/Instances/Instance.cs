using Darkroom.LocalHost.Journal;
using Microsoft.DurableTask.Client;

namespace Darkroom.LocalHost.Instances;

/// <summary>
/// What is kept in memory of an instance: while it lives all of it, once it is over only what queries ask for; the rest is read back from
/// the journal.
/// </summary>
internal sealed class Instance
{
    public required string Id { get; init; }

    public required string ExecutionId { get; set; }

    public required string Name { get; init; }

    public required DateTime CreatedAt { get; set; }

    public required DateTime UpdatedAt { get; set; }

    public OrchestrationRuntimeStatus Status { get; set; }

    /// <summary>The last record of the execution's chain.</summary>
    public JournalPosition LastRecord { get; set; }

    /// <summary>The first segment of the journal that may hold something needed of it.</summary>
    public int OldestSegment { get; set; }

    /// <summary>The rest of it, while it is not over.</summary>
    public LiveExecution? Live { get; set; }
}
