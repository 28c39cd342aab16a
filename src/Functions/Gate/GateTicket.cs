using Darkroom.Requests;

namespace Darkroom.Gate;

/// <summary>Somebody who waits for a slot, until then.</summary>
public sealed record GateTicket(string Instance, int Turn, Lane Lane, string? Group, bool FailsWithoutCredits, DateTime ExpiresAt);

/// <summary>Somebody who has a slot.</summary>
public sealed record GateHolder(GateTicket Ticket, DateTime Since);

/// <summary>A time in which nobody may submit.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Until">When it ends; for credits, when they are next looked up.</param>
/// <param name="Times">How often upstream refused in a row; the pause grows with it.</param>
public sealed record CoolDown(CoolDownReason Reason, DateTime Until, int Times)
{
    /// <summary>Of credits: how many there were when a submit was refused all the same. Only more than that is a reason to go on.</summary>
    public decimal? NotEnough { get; init; }

    /// <summary>When it began.</summary>
    public DateTime Since { get; init; }
}

/// <summary>An answer for one who waits.</summary>
public sealed record GateSend(string Instance, GateAnswer Answer);
