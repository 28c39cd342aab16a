namespace Darkroom.Batches.Input;

/// <summary>
/// Counts the bytes of the items that defaults or a matrix make. A body of 1 MiB can make gigabytes of them. Invalid items count too,
/// because they take the same time.
/// </summary>
internal sealed class ExpandedBytes(long most = BatchLimits.MaxWrittenBytes)
{
    private long _total;

    /// <exception cref="UnreadableBodyException">All items together are too large.</exception>
    public void Add(int bytes)
    {
        _total += bytes;
        if (_total > most)
            throw UnreadableBodyException.TooLarge(BatchLimits.MaxWrittenText);
    }
}
