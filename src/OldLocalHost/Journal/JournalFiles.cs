using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Darkroom.LocalHost.Journal;

/// <summary>Segments as files in one directory, which belongs to one process at a time.</summary>
internal sealed class JournalFiles : IJournalStorage
{
    private const string Pattern = "journal-*.log";
    private readonly string _directory;
    private readonly FileStream _lock;
    private readonly SortedDictionary<int, SafeFileHandle> _open = [];
    private readonly Lock _handles = new();

    public JournalFiles(string directory)
    {
        _directory = directory;
        Directory.CreateDirectory(directory);
        try
        {
            _lock = new FileStream(Path.Combine(directory, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new JournalException($"The state in {directory} is in use by another process. Stop that one, or choose another directory.", exception);
        }

        foreach (var path in Directory.EnumerateFiles(directory, Pattern))
        {
            if (int.TryParse(Path.GetFileNameWithoutExtension(path).AsSpan("journal-".Length), NumberStyles.None, CultureInfo.InvariantCulture, out var segment))
                _open[segment] = Open(segment);
        }
    }

    public IReadOnlyList<int> Segments
    {
        get
        {
            lock (_handles)
                return [.. _open.Keys];
        }
    }

    public byte[] ReadAll(int segment)
    {
        var handle = Handle(segment);
        var bytes = new byte[RandomAccess.GetLength(handle)];
        var read = 0;
        while (read < bytes.Length && RandomAccess.Read(handle, bytes.AsSpan(read), read) is var more && more > 0)
            read += more;
        return bytes;
    }

    public long LengthOf(int segment) => RandomAccess.GetLength(Handle(segment));

    public int Read(int segment, long offset, Span<byte> buffer)
    {
        SafeFileHandle? handle;
        lock (_handles)
        {
            if (!_open.TryGetValue(segment, out handle))
                return 0;
        }

        try
        {
            return RandomAccess.Read(handle, buffer, offset);
        }
        catch (ObjectDisposedException)
        {
            // Cleaned away this instant: what was in it stands elsewhere now.
            return 0;
        }
    }

    public void Append(int segment, ReadOnlySpan<byte> bytes)
    {
        var handle = Handle(segment);
        RandomAccess.Write(handle, bytes, RandomAccess.GetLength(handle));
    }

    public void Sync(int segment) => RandomAccess.FlushToDisk(Handle(segment));

    public void Truncate(int segment, long length)
    {
        RandomAccess.SetLength(Handle(segment), length);
        Sync(segment);
    }

    public void Delete(int segment)
    {
        lock (_handles)
        {
            if (_open.Remove(segment, out var handle))
                handle.Dispose();
        }

        File.Delete(PathOf(segment));
    }

    public void Dispose()
    {
        lock (_handles)
        {
            foreach (var handle in _open.Values)
                handle.Dispose();
            _open.Clear();
        }

        _lock.Dispose();
    }

    private SafeFileHandle Handle(int segment)
    {
        lock (_handles)
        {
            if (!_open.TryGetValue(segment, out var handle))
            {
                _open[segment] = handle = Open(segment);
                DirectorySync.Sync(_directory);
            }

            return handle;
        }
    }

    private SafeFileHandle Open(int segment) => File.OpenHandle(PathOf(segment), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);

    private string PathOf(int segment) => Path.Combine(_directory, $"journal-{segment:D8}.log");
}
