namespace Darkroom.Batches;

/// <summary>
/// The public state of a batch: its custom status, and at the end its output. Its size does not depend on the number of items.
/// </summary>
public sealed record BatchSnapshot
{
    public bool IsFinished { get; init; }

    public bool CancelRequested { get; init; }

    public int Succeeded { get; init; }

    /// <summary>The number of items that failed, including unknown ones.</summary>
    public int Failed { get; init; }

    /// <summary>The number of items for which it is unknown whether upstream accepted them.</summary>
    public int Unknown { get; init; }

    public int Canceled { get; init; }

    /// <summary>The number of items whose jobs wait or run.</summary>
    public int InFlight { get; init; }

    /// <summary>The number of items whose jobs have ended, but which have no result line yet.</summary>
    public int Ended { get; init; }

    public BatchPace Pace { get; init; } = new();

    /// <summary>The version of this state; it grows with each write of result lines.</summary>
    public int Version { get; init; }

    /// <summary>The snapshot of <paramref name="state"/>.</summary>
    public static BatchSnapshot Of(BatchState state, bool isFinished = false)
    {
        ArgumentNullException.ThrowIfNull(state);
        return new BatchSnapshot
        {
            IsFinished = isFinished,
            CancelRequested = state.CancelRequested,
            Succeeded = state.Succeeded,
            Failed = state.Failed,
            Unknown = state.Unknown,
            Canceled = state.Canceled,
            InFlight = state.InFlight.Length,
            Ended = state.Ended.Length,
            Pace = state.Pace,
            Version = state.Version,
        };
    }
}
