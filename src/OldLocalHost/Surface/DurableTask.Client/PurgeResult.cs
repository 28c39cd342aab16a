namespace Microsoft.DurableTask.Client;

/// <summary>How many instances were purged, and whether that was all of them.</summary>
public class PurgeResult
{
    public PurgeResult(int count)
    {
        if (count < 0)
            throw new ArgumentException("A count cannot be negative.", nameof(count));

        PurgedInstanceCount = count;
    }

    public PurgeResult(int count, bool? isComplete)
        : this(count) =>
        IsComplete = isComplete;

    public int PurgedInstanceCount { get; }

    /// <summary>False: purge again. Null: the host does not say.</summary>
    public bool? IsComplete { get; }
}
