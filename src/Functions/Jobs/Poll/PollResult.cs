using System.Text.Json.Serialization;

namespace Darkroom.Jobs.Poll;

/// <summary>The result of <see cref="PollTask"/>.</summary>
/// <param name="Outcome">What the look means for the task.</param>
/// <param name="Facts">What upstream said.</param>
public sealed record PollResult(PollOutcome Outcome, PollFacts Facts)
{
    /// <summary>The pictures that are in storage, also when others could not be saved.</summary>
    public IReadOnlyList<SavedPicture> Pictures { get; init; } = [];
}

/// <summary>What upstream said of a task.</summary>
public sealed record PollFacts
{
    /// <summary>Upstream's own word for the state.</summary>
    public string? RawStatus { get; init; }

    /// <summary>Upstream's id of the answer.</summary>
    public string? RequestId { get; init; }

    /// <summary>How long the task took.</summary>
    public double? TimeTakenMs { get; init; }

    /// <summary>The seed that was used.</summary>
    public long? Seed { get; init; }

    /// <summary>Whether the gate was told that upstream is done.</summary>
    public bool HasLeftGate { get; init; }
}

/// <summary>What a look at a task means.</summary>
[JsonDerivedType(typeof(Running), nameof(Running))]
[JsonDerivedType(typeof(FailedWithoutReason), nameof(FailedWithoutReason))]
[JsonDerivedType(typeof(Saved), nameof(Saved))]
[JsonDerivedType(typeof(Discarded), nameof(Discarded))]
[JsonDerivedType(typeof(PictureUnavailable), nameof(PictureUnavailable))]
[JsonDerivedType(typeof(Failed), nameof(Failed))]
[JsonDerivedType(typeof(Rejected), nameof(Rejected))]
public abstract record PollOutcome
{
    private PollOutcome()
    {
    }

    /// <summary>Upstream works on it, or nothing could be learned: look again.</summary>
    public sealed record Running : PollOutcome;

    /// <summary>Upstream failed, and may give the reason at a later look.</summary>
    public sealed record FailedWithoutReason : PollOutcome;

    /// <summary>Every picture is in storage.</summary>
    public sealed record Saved : PollOutcome;

    /// <summary>Upstream is done, and the job was canceled: its pictures are not saved.</summary>
    public sealed record Discarded : PollOutcome;

    /// <summary>Upstream is done, but a picture could not be fetched: look again.</summary>
    public sealed record PictureUnavailable(JobError Error) : PollOutcome;

    /// <summary>Upstream ended the task without a picture.</summary>
    public sealed record Failed(JobError Error) : PollOutcome;

    /// <summary>Another look would end the same way.</summary>
    public sealed record Rejected(JobError Error) : PollOutcome;
}

/// <summary>The input of <see cref="PollTask"/>.</summary>
/// <param name="Ticket">Whose task.</param>
/// <param name="TaskId">The upstream task.</param>
/// <param name="AcceptedAt">When upstream accepted it.</param>
/// <param name="Discard">Whether its pictures are not wanted any more.</param>
/// <param name="ReasonLooks">How often a failed task was asked for its reason already.</param>
/// <param name="Turn">The turn at the gate that it was submitted in.</param>
public sealed record PollOrder(JobTicket Ticket, string TaskId, DateTime AcceptedAt, bool Discard, int ReasonLooks, int Turn);
