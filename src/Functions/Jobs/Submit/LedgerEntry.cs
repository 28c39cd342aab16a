namespace Darkroom.Jobs.Submit;

/// <summary>What is known of a task's submit. Whoever may write it, may post.</summary>
public sealed record LedgerEntry
{
    /// <summary>Which attempt of the job it belongs to, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>Which run of the activity wrote it: a claim whose answer got lost is known again by this.</summary>
    public string? Run { get; init; }

    /// <summary>The hash of the request that was submitted.</summary>
    public string? RequestHash { get; init; }

    /// <summary>How far it got.</summary>
    public required LedgerState State { get; init; }

    /// <summary>When it got there.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The task, once there is one.</summary>
    public string? TaskId { get; init; }

    /// <summary>Upstream's id of the submit.</summary>
    public string? RequestId { get; init; }

    /// <summary>Why, where there is something to explain.</summary>
    public string? Reason { get; init; }
}

/// <summary>How far a submit got.</summary>
public enum LedgerState
{
    /// <summary>Somebody is about to post, or posted and was not heard of again.</summary>
    Submitting,

    /// <summary>Upstream accepted: there is a task.</summary>
    Submitted,

    /// <summary>Upstream certainly did not accept.</summary>
    Refused,

    /// <summary>Nobody knows whether upstream accepted.</summary>
    Unknown,

    /// <summary>The job was purged; its id is remembered.</summary>
    Purged,

    /// <summary>
    /// The attempt was canceled before anything was submitted for it, and nobody may submit for it any more. The task of an earlier attempt
    /// is kept.
    /// </summary>
    Blocked,
}
