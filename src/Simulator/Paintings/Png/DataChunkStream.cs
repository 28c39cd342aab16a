namespace Darkroom.Simulator.Paintings.Png;

/// <summary>Cuts what the compressor gives into IDAT chunks of a bounded size.</summary>
sealed class DataChunkStream(ChunkWriter chunks) : Stream
{
    const int ChunkSize = 32 * 1024;

    readonly byte[] pending = new byte[ChunkSize];
    int length;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var part = buffer[..Math.Min(buffer.Length, ChunkSize - length)];
            part.CopyTo(pending.AsSpan(length));
            length += part.Length;
            buffer = buffer[part.Length..];
            if (length == ChunkSize)
                Send();
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Nothing: a compressor's flush must not cut the data into slivers.</summary>
    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && length > 0)
            Send();
        base.Dispose(disposing);
    }

    void Send()
    {
        chunks.Write("IDAT"u8, pending.AsSpan(0, length));
        length = 0;
    }
}
