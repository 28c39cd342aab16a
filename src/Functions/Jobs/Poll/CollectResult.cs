namespace Darkroom.Jobs.Poll;

/// <summary>What a look at a task found.</summary>
public sealed record CollectResult(CollectOutcome Outcome)
{
    /// <summary>Whether the gate was told that upstream is done: the slot is another's now.</summary>
    public bool HasLeftGate { get; init; }

    /// <summary>Upstream's own word.</summary>
    public string? RawStatus { get; init; }

    /// <summary>Upstream's id of the answer.</summary>
    public string? RequestId { get; init; }

    /// <summary>How long upstream says it took.</summary>
    public double? TimeTakenMs { get; init; }

    /// <summary>The seed it was made with.</summary>
    public long? Seed { get; init; }

    /// <summary>The pictures, which are safe now.</summary>
    public IReadOnlyList<SavedPicture> Pictures { get; init; } = [];

    /// <summary>Why there are none.</summary>
    public JobError? Error { get; init; }
}

/// <summary>What a look at a task found.</summary>
public enum CollectOutcome
{
    /// <summary>Upstream works on it, or nothing could be learned: look again.</summary>
    Running,

    /// <summary>Every picture is in storage.</summary>
    Saved,

    /// <summary>Upstream is done, and the job was given up: its pictures are left alone.</summary>
    Discarded,

    /// <summary>Upstream is done, but a picture could not be fetched: try again.</summary>
    PictureUnavailable,

    /// <summary>Upstream ended it without a picture.</summary>
    Failed,

    /// <summary>It is over for another reason, which trying again does not change.</summary>
    Rejected,
}

/// <summary>What <see cref="CollectTask"/> is told.</summary>
/// <param name="Ticket">Whose task.</param>
/// <param name="TaskId">The task.</param>
/// <param name="AcceptedAt">When upstream accepted it.</param>
/// <param name="Discard">Whether its pictures are not wanted any more.</param>
/// <param name="ReasonLooks">How often a failed task was asked for its reason already.</param>
/// <param name="Turn">The turn at the gate that it was submitted in.</param>
public sealed record CollectOrder(JobTicket Ticket, string TaskId, DateTime AcceptedAt, bool Discard, int ReasonLooks, int Turn);
