using Darkroom.LocalHost.History;

namespace Darkroom.LocalHost.Instances;

/// <summary>All there is of an instance, as values.</summary>
internal sealed record InstanceSnapshot
{
    public required string ExecutionId { get; init; }

    /// <summary>How the execution begins, also while it has not made its first step.</summary>
    public required ExecutionStarted Begin { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required DateTime UpdatedAt { get; init; }

    public DateTime? StartAt { get; init; }

    public string? CustomStatus { get; init; }

    public required IReadOnlyList<HistoryEvent> History { get; init; }

    public IReadOnlyList<int> CancelledTimers { get; init; } = [];

    public IReadOnlyList<DurableMessage> Inbox { get; init; } = [];
}
