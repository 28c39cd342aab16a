using Darkroom.Requests;

namespace Darkroom.Gate;

/// <summary>A job that waits for a slot.</summary>
/// <param name="Instance">The orchestration of the task.</param>
/// <param name="Turn">Its turn.</param>
/// <param name="Lane">Its lane.</param>
/// <param name="Group">Its batch.</param>
/// <param name="FailsWithoutCredits">Whether it fails instead of waiting for credits.</param>
/// <param name="ExpiresAt">When it stops waiting.</param>
public sealed record GateTicket(string Instance, int Turn, Lane Lane, string? Group, bool FailsWithoutCredits, DateTime ExpiresAt);

/// <summary>A job that has a slot.</summary>
/// <param name="Ticket">Its ticket.</param>
/// <param name="Since">When it got the slot.</param>
public sealed record GateHolder(GateTicket Ticket, DateTime Since);

/// <summary>A time in which no submit is allowed.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Until">When it ends; for credits, when they are looked up next.</param>
public sealed record CoolDown(CoolDownReason Reason, DateTime Until)
{
    /// <summary>The credits there were when a submit was refused all the same. Only more than that ends the pause.</summary>
    public decimal? NotEnough { get; init; }

    /// <summary>When it began.</summary>
    public DateTime Since { get; init; }
}

/// <summary>An answer to a job that waits.</summary>
public sealed record GateSend(string Instance, GateAnswer Answer);
