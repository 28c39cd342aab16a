using Darkroom.Jobs;

namespace Darkroom.Batches;

/// <summary>
/// A message to the orchestration of a batch. All messages use the same event name, so that they are handled in the order in which they
/// were sent. A <see cref="JobEnded"/> has no kind, so it is read as <see cref="BatchMessageKind.Ended"/>.
/// </summary>
/// <param name="Kind">The kind of message.</param>
/// <param name="Job">The id of the job that the message is about.</param>
public sealed record BatchMessage(BatchMessageKind Kind, string? Job = null)
{
    public const string EventName = JobEnded.EventName;

    /// <summary>For a cancel: whether late pictures are kept.</summary>
    public bool KeepsLate { get; init; }
}

/// <summary>The kinds of messages to a batch.</summary>
public enum BatchMessageKind
{
    /// <summary>A job of the batch has ended.</summary>
    Ended,

    /// <summary>The batch is canceled.</summary>
    Cancel,
}
