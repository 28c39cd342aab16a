namespace Darkroom.LocalHost.Journal;

/// <summary>The files a journal is kept in. Tests put one in its place that crashes.</summary>
internal interface IJournalStorage : IDisposable
{
    /// <summary>The segments there are, in order.</summary>
    IReadOnlyList<int> Segments { get; }

    byte[] ReadAll(int segment);

    long LengthOf(int segment);

    /// <summary>Reads a part of a segment into <paramref name="buffer"/>; fewer bytes only at its end, none if it is gone.</summary>
    int Read(int segment, long offset, Span<byte> buffer);

    /// <summary>Writes at the end of a segment, which is made if it is not there. Not durable before <see cref="Sync"/>.</summary>
    void Append(int segment, ReadOnlySpan<byte> bytes);

    void Sync(int segment);

    void Truncate(int segment, long length);

    void Delete(int segment);
}
