using Darkroom.LocalHost.Journal;

namespace Darkroom.LocalHost.Tests.Simulation;

/// <summary>
/// Segments in memory, of which a crash leaves what was synced and any part of what was not: cut anywhere, and with the rest of the block
/// as zeros or as written, since a disk keeps no order within one sync.
/// </summary>
internal sealed class CrashableStorage : IJournalStorage
{
    private readonly SortedDictionary<int, File> _files = [];

    public IReadOnlyList<int> Segments => [.. _files.Keys];

    public byte[] ReadAll(int segment) => [.. _files[segment].Bytes];

    public long LengthOf(int segment) => _files[segment].Bytes.Count;

    public int Read(int segment, long offset, Span<byte> buffer)
    {
        if (!_files.TryGetValue(segment, out var file) || offset >= file.Bytes.Count)
            return 0;
        var count = Math.Min(buffer.Length, file.Bytes.Count - (int)offset);
        file.Bytes.CopyTo((int)offset, buffer, count);
        return count;
    }

    public void Append(int segment, ReadOnlySpan<byte> bytes)
    {
        if (!_files.TryGetValue(segment, out var file))
            _files[segment] = file = new File();
        file.Bytes.AddRange(bytes);
    }

    public void Sync(int segment) => _files[segment].Synced = _files[segment].Bytes.Count;

    public void Truncate(int segment, long length)
    {
        var file = _files[segment];
        file.Bytes.RemoveRange((int)length, file.Bytes.Count - (int)length);
        file.Synced = (int)length;
    }

    public void Delete(int segment) => _files.Remove(segment);

    public void Dispose()
    {
        // A crash closes nothing.
    }

    public void Crash(Random chance)
    {
        foreach (var (segment, file) in _files.ToArray())
        {
            var survived = file.Synced + chance.Next(file.Bytes.Count - file.Synced + 1);
            var end = chance.Next(3) switch
            {
                0 => survived,
                1 => file.Bytes.Count,
                _ => Math.Min(file.Bytes.Count, survived + chance.Next(64)),
            };
            file.Bytes.RemoveRange(end, file.Bytes.Count - end);
            for (var i = survived; i < end; i++)
                file.Bytes[i] = 0;
            if (file.Bytes.Count == 0 && file.Synced == 0)
                _files.Remove(segment);
        }
    }

    private sealed class File
    {
        public List<byte> Bytes { get; } = [];

        public int Synced { get; set; }
    }
}

internal static class ListOfBytes
{
    public static void CopyTo(this List<byte> list, int index, Span<byte> to, int count) =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(list).Slice(index, count).CopyTo(to);
}
