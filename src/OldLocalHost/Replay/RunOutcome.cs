using Darkroom.LocalHost.History;

namespace Darkroom.LocalHost.Replay;

/// <summary>What a run came to.</summary>
internal sealed record RunOutcome
{
    /// <summary>What the code decided in this step, in order.</summary>
    public required IReadOnlyList<HistoryEvent> Decisions { get; init; }

    public IReadOnlyList<int> CancelledTimers { get; init; } = [];

    public string? CustomStatus { get; init; }

    /// <summary>How the execution ended: <see cref="ExecutionCompleted"/> or <see cref="ContinuedAsNew"/>; null when it goes on.</summary>
    public HistoryEvent? End { get; init; }
}
