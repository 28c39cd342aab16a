namespace Darkroom.Batches.Input;

/// <summary>Splits a stream into lines. A line that is too long is reported, but its content is dropped to limit memory.</summary>
internal sealed class LineSplitter(Stream stream, int longest = LineSplitter.Longest)
{
    /// <summary>The default maximum length of a line, in bytes; it equals the limit of a single request.</summary>
    public const int Longest = 1 << 20;

    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private bool _isEnd;

    /// <summary>The number of the line, starting at 1.</summary>
    public int Number { get; private set; }

    /// <summary>The offset in the stream at which the line ends, in bytes.</summary>
    public long Position { get; private set; }

    /// <summary>The line without its line end; valid until the next read.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>Whether the line exceeds the maximum length; then its content is dropped.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Reads the next line; returns false at the end.</summary>
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
