namespace Darkroom.Batches.Input;

/// <summary>Cuts a stream into lines, and keeps of a line no more than it may have: one that is too long is told, not stored.</summary>
internal sealed class LineSplitter(Stream stream, int longest = LineSplitter.Longest)
{
    /// <summary>As much as a single request may have.</summary>
    public const int Longest = 1 << 20;

    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private bool _isEnd;

    /// <summary>The line's number, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>How many bytes were read up to the end of the line.</summary>
    public long Position { get; private set; }

    /// <summary>The line without its end; valid until the next is read.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>It was longer than it may be, and its content is gone.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Goes on to the next line; false at the end.</summary>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellation)
    {
        IsTooLong = false;
        var scanned = 0;
        while (true)
        {
            var at = _buffer.AsSpan(_start + scanned, _end - _start - scanned).IndexOf((byte)'\n');
            if (at >= 0)
                return Take(scanned + at, andItsEnd: 1);
            scanned = _end - _start;
            if (_isEnd)
                return (scanned > 0 || IsTooLong) && Take(scanned, andItsEnd: 0);
            if (scanned > longest)
            {
                IsTooLong = true;
                Position += scanned;
                (_start, _end, scanned) = (0, 0, 0);
            }

            await FillAsync(cancellation);
        }
    }

    private bool Take(int length, int andItsEnd)
    {
        IsTooLong |= length > longest;
        Line = IsTooLong ? default : _buffer.AsMemory(_start, length);
        if (Line.Length > 0 && Line.Span[^1] == (byte)'\r')
            Line = Line[..^1];
        _start += length + andItsEnd;
        Position += length + andItsEnd;
        Number++;
        return true;
    }

    private async ValueTask FillAsync(CancellationToken cancellation)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellation);
        _isEnd = read == 0;
        _end += read;
    }
}
