using Darkroom.Gate;
using Darkroom.Jobs.Poll;

namespace Darkroom.Jobs.Submit;

/// <summary>What came of trying to submit a task.</summary>
public sealed record SubmitResult(SubmitOutcome Outcome)
{
    /// <summary>The task.</summary>
    public string? TaskId { get; init; }

    /// <summary>Upstream's id of the submit.</summary>
    public string? RequestId { get; init; }

    /// <summary>When upstream accepted.</summary>
    public DateTime? AcceptedAt { get; init; }

    /// <summary>Whether the task is one of an earlier attempt, which only has to be looked at.</summary>
    public bool IsEarlier { get; init; }

    /// <summary>When to look at it.</summary>
    public PollSchedule? Schedule { get; init; }

    /// <summary>Why not.</summary>
    public JobError? Error { get; init; }

    /// <summary>Why nobody may submit for a while.</summary>
    public CoolDownReason? CoolDown { get; init; }

    /// <summary>Until when to wait.</summary>
    public DateTime? Until { get; init; }
}

/// <summary>What came of trying to submit.</summary>
public enum SubmitOutcome
{
    /// <summary>There is a task.</summary>
    Submitted,

    /// <summary>Upstream refused, and would again.</summary>
    Refused,

    /// <summary>Upstream refused for everybody, for a while.</summary>
    CoolDown,

    /// <summary>Upstream had trouble, and did not accept.</summary>
    Unavailable,

    /// <summary>Another worker may be posting right now: ask again.</summary>
    InDoubt,

    /// <summary>Nobody knows whether upstream accepted.</summary>
    Unknown,

    /// <summary>This orchestration has no business with the job.</summary>
    NotMine,

    /// <summary>Its batch was given up.</summary>
    GivenUp,
}

/// <summary>What <see cref="SubmitTask"/> is told.</summary>
/// <param name="Ticket">Whose task.</param>
/// <param name="GivenUpTask">A task of an earlier attempt that came to nothing.</param>
public sealed record SubmitOrder(JobTicket Ticket, string? GivenUpTask)
{
    /// <summary>The job was given up while it was in doubt whether it was submitted: find out, and do not post.</summary>
    public bool OnlyAsks { get; init; }
}
