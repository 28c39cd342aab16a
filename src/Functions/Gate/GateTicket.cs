using Darkroom.Requests;

namespace Darkroom.Gate;

/// <summary>A job that waits for a slot.</summary>
/// <param name="Instance">The orchestration of the task.</param>
/// <param name="Turn">Its turn.</param>
/// <param name="Lane">Its lane.</param>
/// <param name="Group">Its batch.</param>
/// <param name="FailsWithoutCredits">Whether it fails instead of waiting for credits.</param>
/// <param name="ExpiresAt">When it stops waiting.</param>
public sealed record GateTicket(string Instance, int Turn, Lane Lane, string? Group, bool FailsWithoutCredits, DateTime ExpiresAt)
{
    /// <summary>Whether it needs no credits, because the model's provider bills it.</summary>
    public bool IsBilledByProvider { get; init; }
}

/// <summary>A job that has a slot.</summary>
/// <param name="Ticket">Its ticket.</param>
/// <param name="Since">When it got the slot.</param>
public sealed record GateHolder(GateTicket Ticket, DateTime Since)
{
    /// <summary>Whether an inspection has seen that its submit is over.</summary>
    public bool HasSubmitted { get; init; }
}

/// <summary>A time in which no submit is allowed.</summary>
/// <param name="Reason">Why submits are paused.</param>
/// <param name="Until">When the pause ends; if credits are missing, when they are looked up next.</param>
public sealed record CoolDown(CoolDownReason Reason, DateTime Until)
{
    /// <summary>
    /// The credits with which a submit was refused; null if they are unknown. Only a higher balance ends the pause, or after an hour any
    /// positive balance.
    /// </summary>
    public decimal? NotEnough { get; init; }

    /// <summary>When the pause began.</summary>
    public DateTime Since { get; init; }

    /// <summary>Whether this ticket must wait. One that needs no credits waits only while upstream throttles.</summary>
    public bool Holds(GateTicket ticket)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        return Reason == CoolDownReason.Throttled || !ticket.IsBilledByProvider;
    }
}

/// <summary>An answer to send to a job.</summary>
public sealed record GateSend(string Instance, GateAnswer Answer);
