using System.Buffers;

namespace Darkroom.ModelScope.Wire;

/// <summary>The body of an answer in a pooled buffer with a size limit.</summary>
internal sealed class BoundedBody : IDisposable
{
    private const int FirstRent = 4096;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstRent);
    private int _length;

    private BoundedBody()
    {
    }

    /// <summary>Whether the body exceeds the limit. If so, <see cref="Bytes"/> must not be used.</summary>
    public bool IsTooLarge { get; private set; }

    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    public static async Task<BoundedBody> ReadAsync(HttpContent content, int limit, CancellationToken cancellation)
    {
        var body = new BoundedBody();
        try
        {
            if (content.Headers.ContentLength > limit)
            {
                body.IsTooLarge = true;
                return body;
            }

            var stream = await content.ReadAsStreamAsync(cancellation);
            await using (stream)
                await body.FillAsync(stream, limit, cancellation);
            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _length = 0;
    }

    private async Task FillAsync(Stream stream, int limit, CancellationToken cancellation)
    {
        while (true)
        {
            if (_length == _buffer.Length)
                Grow();

            var read = await stream.ReadAsync(_buffer.AsMemory(_length), cancellation);
            if (read == 0)
                return;

            _length += read;
            if (_length > limit)
            {
                IsTooLarge = true;
                return;
            }
        }
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        Bytes.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
