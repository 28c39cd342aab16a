namespace Darkroom.Jobs.Submit;

/// <summary>The state of a task's submit. A run may post only after it has written its claim here.</summary>
public sealed record LedgerEntry
{
    /// <summary>The number of the attempt to which the entry belongs, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>
    /// The run of the activity that wrote the entry. If the answer to a write was lost, the run recognizes its own claim by this value.
    /// </summary>
    public string? Run { get; init; }

    /// <summary>The hash of the request that was submitted.</summary>
    public string? RequestHash { get; init; }

    /// <summary>How far the submit got.</summary>
    public required LedgerState State { get; init; }

    /// <summary>When the submit got there.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The id of the upstream task; null until upstream has accepted it.</summary>
    public string? TaskId { get; init; }

    /// <summary>ModelScope's request id of the submit.</summary>
    public string? RequestId { get; init; }

    /// <summary>Why the submit is in this state; null if there is nothing to explain.</summary>
    public string? Reason { get; init; }
}

/// <summary>How far a submit got.</summary>
public enum LedgerState
{
    /// <summary>A run is about to post, or has posted without writing the outcome.</summary>
    Submitting,

    /// <summary>Upstream accepted, and the task id is known.</summary>
    Submitted,

    /// <summary>Upstream certainly did not accept.</summary>
    Refused,

    /// <summary>It is unknown whether upstream accepted.</summary>
    Unknown,

    /// <summary>The job was purged. The entry keeps its id known.</summary>
    Purged,

    /// <summary>
    /// The attempt was canceled before anything was submitted for it, and nothing may be submitted for it any more. The task id of an
    /// earlier attempt stays in the entry.
    /// </summary>
    Blocked,
}
