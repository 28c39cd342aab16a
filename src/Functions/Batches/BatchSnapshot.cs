namespace Darkroom.Batches;

/// <summary>What a batch shows of itself: its custom status, and in the end its output. Small, whatever the size of the batch.</summary>
public sealed record BatchSnapshot
{
    /// <summary>Whether it is over.</summary>
    public bool IsFinished { get; init; }

    /// <summary>Somebody wants it given up.</summary>
    public bool CancelRequested { get; init; }

    /// <summary>Items that succeeded.</summary>
    public int Succeeded { get; init; }

    /// <summary>Items that failed.</summary>
    public int Failed { get; init; }

    /// <summary>Of those, so many of which nobody knows whether upstream accepted them.</summary>
    public int Unknown { get; init; }

    /// <summary>Items that were canceled.</summary>
    public int Canceled { get; init; }

    /// <summary>Items whose jobs wait or run.</summary>
    public int InFlight { get; init; }

    /// <summary>Items whose jobs are over, and which are being written down.</summary>
    public int Ended { get; init; }

    /// <summary>How fast it went of late.</summary>
    public BatchPace Pace { get; init; } = new();

    /// <summary>The number of this state.</summary>
    public int Version { get; init; }

    /// <summary>What <paramref name="state"/> shows.</summary>
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
