using System.Text.Json.Serialization;

namespace Darkroom.Jobs.Poll;

/// <summary>The result of <see cref="PollTask"/>.</summary>
/// <param name="Outcome">What the look found.</param>
/// <param name="Facts">What ModelScope reported.</param>
public sealed record PollResult(PollOutcome Outcome, PollFacts Facts)
{
    /// <summary>The pictures that are in storage, even if others could not be saved.</summary>
    public IReadOnlyList<SavedPicture> Pictures { get; init; } = [];
}

/// <summary>What ModelScope reported about a task.</summary>
public sealed record PollFacts
{
    /// <summary>The status as ModelScope names it.</summary>
    public string? RawStatus { get; init; }

    /// <summary>ModelScope's request id of the answer.</summary>
    public string? RequestId { get; init; }

    /// <summary>How long the task took, as reported by ModelScope.</summary>
    public double? TimeTakenMs { get; init; }

    /// <summary>The seed that was used.</summary>
    public long? Seed { get; init; }

    /// <summary>Whether the slot was given back to the gate.</summary>
    public bool HasLeftGate { get; init; }
}

/// <summary>What a look at a task found.</summary>
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

    /// <summary>ModelScope still works on the task, or the look failed: look again.</summary>
    public sealed record Running : PollOutcome;

    /// <summary>The task failed without a reason. A later look may give the reason.</summary>
    public sealed record FailedWithoutReason : PollOutcome;

    /// <summary>Every picture is in storage.</summary>
    public sealed record Saved : PollOutcome;

    /// <summary>Upstream is done, and the job was canceled: its pictures are not saved.</summary>
    public sealed record Discarded : PollOutcome;

    /// <summary>Upstream is done, but a picture could not be fetched: look again.</summary>
    public sealed record PictureUnavailable(JobError Error) : PollOutcome;

    /// <summary>Upstream ended the task without a picture.</summary>
    public sealed record Failed(JobError Error) : PollOutcome;

    /// <summary>The look failed in a way that another look would not change.</summary>
    public sealed record Rejected(JobError Error) : PollOutcome;
}

/// <summary>The input of <see cref="PollTask"/>.</summary>
/// <param name="Ticket">The ticket of the task.</param>
/// <param name="TaskId">The upstream task.</param>
/// <param name="AcceptedAt">When upstream accepted it.</param>
/// <param name="Discard">Whether its pictures are discarded, because the job was canceled.</param>
/// <param name="ReasonLooks">How often a failed task was already looked at for its reason.</param>
/// <param name="Turn">The turn at the gate in which it was submitted.</param>
public sealed record PollOrder(JobTicket Ticket, string TaskId, DateTime AcceptedAt, bool Discard, int ReasonLooks, int Turn)
{
    /// <summary>Whether the task was submitted by an earlier attempt, so that nothing of the daily budget was used.</summary>
    public bool IsUnspent { get; init; }
}
