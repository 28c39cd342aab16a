using Darkroom.LocalHost.History;
using Darkroom.LocalHost.Instances;

namespace Darkroom.LocalHost.Journal;

/// <summary>One change of the state. All state there is comes about by applying records, one after the other.</summary>
internal abstract record JournalRecord(string InstanceId);

/// <summary>Somebody starts an instance, in place of a finished one of the same id if there is one.</summary>
internal sealed record StartRecord(string InstanceId, string ExecutionId, ExecutionStarted Begin, DateTime At, DateTime? StartAt) : JournalRecord(InstanceId);

/// <summary>Somebody tells an instance something.</summary>
internal sealed record PostRecord(string InstanceId, DurableMessage Message) : JournalRecord(InstanceId);

/// <summary>
/// An instance made a step: what it consumed, what happened and what it decided, all or nothing. It stands for itself: children to start
/// and events to deliver follow from its events, even when nothing else is known of the instance.
/// </summary>
internal sealed record StepRecord(string InstanceId, string ExecutionId, string Name, int Consumed, IReadOnlyList<HistoryEvent> Events) : JournalRecord(InstanceId)
{
    /// <summary>Timers that the code gave up.</summary>
    public IReadOnlyList<int> CancelledTimers { get; init; } = [];

    /// <summary>What others are told: a parent that its child is over, children that they are terminated.</summary>
    public IReadOnlyList<Tell> Tells { get; init; } = [];

    /// <summary>The custom status after the step.</summary>
    public string? CustomStatus { get; init; }

    /// <summary>The execution that follows, when this one continues as new.</summary>
    public string? NextExecutionId { get; init; }
}

/// <summary>A message for another instance.</summary>
internal sealed record Tell(string InstanceId, DurableMessage Message);

/// <summary>A finished instance is forgotten.</summary>
internal sealed record PurgeRecord(string InstanceId) : JournalRecord(InstanceId);

/// <summary>All there is of an instance from here on; what stands before it in the journal is not needed any more.</summary>
internal sealed record SnapshotRecord(string InstanceId, InstanceSnapshot Snapshot) : JournalRecord(InstanceId)
{
    /// <summary>Others that change in the same instant: the children that are rewound with their parent.</summary>
    public IReadOnlyList<SnapshotRecord> Company { get; init; } = [];
}
