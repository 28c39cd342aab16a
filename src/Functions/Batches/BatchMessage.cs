using Darkroom.Jobs;


namespace Darkroom.Batches;

/// <summary>
/// What a batch is told. One kind of event for everything, so that messages are handled in the order they were sent: a message
/// without a word is the <see cref="JobEnded"/> of one of its jobs.
/// </summary>
/// <param name="Kind">What is told.</param>
/// <param name="Job">The job it is about.</param>
public sealed record BatchMessage(BatchMessageKind Kind, string? Job = null)
{
    /// <summary>The name of the event.</summary>
    public const string EventName = JobEnded.EventName;

    /// <summary>Of a cancel: whether what upstream still finishes is kept.</summary>
    public bool KeepsLate { get; init; }
}

/// <summary>What is told.</summary>
public enum BatchMessageKind
{
    /// <summary>A job of the batch is over.</summary>
    Ended,

    /// <summary>Somebody wants the batch given up.</summary>
    Cancel,

    /// <summary>Means nothing, but is heard.</summary>
    Nudge,
}
