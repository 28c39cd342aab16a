using Darkroom.Requests;

namespace Darkroom.Gate;

/// <summary>
/// The event that a job sends to the gate. There is one kind of event, so that messages are handled in the order they were sent.
/// </summary>
public sealed record GateMessage(GateMessageKind Kind, string Instance)
{
    /// <summary>The name of the event.</summary>
    public const string EventName = "gate";

    /// <summary>Requests an inspection.</summary>
    public static GateMessage ToInspect { get; } = new(GateMessageKind.Inspect, Instance: "");

    /// <summary>
    /// The turn of the job. Turns increase, also from attempt to attempt, so that a late message of an earlier turn is recognized.
    /// </summary>
    public int Turn { get; init; }

    /// <summary>The lane in which it waits.</summary>
    public Lane Lane { get; init; }

    /// <summary>Its batch; batches take turns within the bulk lane.</summary>
    public string? Group { get; init; }

    /// <summary>When it stops waiting.</summary>
    public DateTime ExpiresAt { get; init; } = DateTime.MaxValue;

    /// <summary>Whether it fails instead of waiting for credits.</summary>
    public bool FailsWithoutCredits { get; init; }

    /// <summary>Whether the job submitted nothing in this turn, so that nothing of the daily budget was used.</summary>
    public bool IsUnspent { get; init; }

    /// <summary>Whether it needs no credits, because the model's provider bills it.</summary>
    public bool IsBilledByProvider { get; init; }

    /// <summary>Why upstream refused the submit.</summary>
    public CoolDownReason? Reason { get; init; }

    /// <summary>The end of the pause that upstream requested; null if it named none.</summary>
    public DateTime? Until { get; init; }
}

/// <summary>What a message means.</summary>
public enum GateMessageKind
{
    /// <summary>The job asks for a slot. Asking again changes nothing.</summary>
    Ask,

    /// <summary>The job gives its slot back, or stops waiting.</summary>
    Leave,

    /// <summary>Upstream refuses all submits: pause, and serve this job first afterwards.</summary>
    Refused,

    /// <summary>The job waits in another lane from now on.</summary>
    Move,

    /// <summary>An operator changed a setting or the pause: inspect now.</summary>
    Inspect,
}

/// <summary>Why submits are paused.</summary>
public enum CoolDownReason
{
    /// <summary>Too many requests.</summary>
    Throttled,

    /// <summary>The day's quota is used up.</summary>
    Quota,

    /// <summary>The account has no credits left.</summary>
    Credits,
}

/// <summary>The event with which the gate answers a job.</summary>
/// <param name="Turn">The turn that is answered.</param>
/// <param name="Granted">
/// Whether the job has a slot now. It gets none if it has expired, or if there are no credits and it does not wait for them.
/// </param>
public sealed record GateAnswer(int Turn, bool Granted)
{
    /// <summary>The name of the event.</summary>
    public const string EventName = "slot";

    /// <summary>The gate started without a state, so every waiting job has to ask again.</summary>
    public static GateAnswer AskAgain { get; } = new(Turn: 0, Granted: false);
}
