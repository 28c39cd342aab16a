using Darkroom.Requests;

namespace Darkroom.Gate;

/// <summary>What a job tells the gate. One kind of event for everything, so that what is told is heard in order.</summary>
public sealed record GateMessage(GateMessageKind Kind, string Instance)
{
    /// <summary>The name of the event.</summary>
    public const string EventName = "gate";

    /// <summary>
    /// Which of its turns the job speaks of. Turns grow, also from attempt to attempt, so what is told late of an earlier one is known by
    /// it.
    /// </summary>
    public int Turn { get; init; }

    /// <summary>Where it wants to wait.</summary>
    public Lane Lane { get; init; }

    /// <summary>Whom it belongs to; groups take turns within the bulk lane.</summary>
    public string? Group { get; init; }

    /// <summary>Until when it wants to wait.</summary>
    public DateTime ExpiresAt { get; init; } = DateTime.MaxValue;

    /// <summary>It would rather fail than wait for credits.</summary>
    public bool FailsWithoutCredits { get; init; }

    /// <summary>Why upstream refused.</summary>
    public CoolDownReason? Reason { get; init; }

    /// <summary>Until when upstream said to wait; null when it did not say.</summary>
    public DateTime? Until { get; init; }
}

/// <summary>What is told.</summary>
public enum GateMessageKind
{
    /// <summary>I want to talk upstream. Said again it means the same.</summary>
    Ask,

    /// <summary>I am done, or do not want to any more.</summary>
    Leave,

    /// <summary>Upstream refused for everybody: let all wait, and me first when it goes on.</summary>
    Refused,
}

/// <summary>Why nobody may submit for a while.</summary>
public enum CoolDownReason
{
    /// <summary>Too many requests.</summary>
    Throttled,

    /// <summary>The day's quota is used up.</summary>
    Quota,

    /// <summary>The account has no credits left.</summary>
    Credits,
}

/// <summary>What the gate answers.</summary>
/// <param name="Turn">The turn it speaks of.</param>
/// <param name="Granted">The slot is yours; false: there are no credits, and you did not want to wait, or not so long.</param>
public sealed record GateAnswer(int Turn, bool Granted)
{
    /// <summary>The name of the event.</summary>
    public const string EventName = "slot";

    /// <summary>The gate has begun from nothing: let everybody who waits ask again.</summary>
    public static GateAnswer AskAgain { get; } = new(Turn: 0, Granted: false);
}
