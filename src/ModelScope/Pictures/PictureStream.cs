using System.Buffers;
using System.Security.Cryptography;
using Darkroom.ModelScope.Failures;

namespace Darkroom.ModelScope.Pictures;

/// <summary>
/// A picture that is being downloaded. It can be read once, from beginning to end. <see cref="Header"/> is known from the start,
/// <see cref="Facts"/> after the last byte. The stream hashes and counts the bytes while they are read and never buffers the whole picture.
/// </summary>
public sealed class PictureStream : Stream
{
    private readonly Stream _source;
    private readonly IDisposable? _owner;
    private readonly PictureRules _rules;
    private readonly TransferTimeout _patience;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly PictureTail _tail = new();
    private byte[] _prefix;
    private int _prefixLength;
    private int _prefixRead;
    private long _count;
    private PictureFacts? _facts;

    private PictureStream(Stream source, IDisposable? owner, PictureRules rules, TransferTimeout patience)
    {
        _source = source;
        _owner = owner;
        _rules = rules;
        _patience = patience;
        _prefix = ArrayPool<byte>.Shared.Rent(4096);
    }

    /// <summary>The real format and size, from the first bytes.</summary>
    public PictureHeader Header { get; private set; }

    /// <summary>The length that the host announced, if any.</summary>
    public long? AnnouncedLength { get; private init; }

    /// <summary>The facts that are known after the last byte.</summary>
    /// <exception cref="InvalidOperationException">The picture has not been read to its end.</exception>
    public PictureFacts Facts =>
        _facts ?? throw new InvalidOperationException("The picture's facts are available only after it has been read to its end.");

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => _count;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
            return 0;

        var read = _prefixRead < _prefixLength ? ReadPrefix(buffer.Span) : await ReadSourceAsync(buffer, cancellationToken);
        if (read == 0)
        {
            Finish();
            return 0;
        }

        Note(buffer.Span[..read]);
        return read;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read the picture asynchronously.");

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Takes ownership of <paramref name="source"/> and <paramref name="owner"/>, and reads until the size is known.</summary>
    internal static async Task<PictureStream> OpenAsync(
        Stream source, IDisposable? owner, long? announcedLength, PictureRules rules, TransferTimeout patience,
        CancellationToken cancellation)
    {
        var picture = new PictureStream(source, owner, rules, patience) { AnnouncedLength = announcedLength };
        try
        {
            if (announcedLength > rules.MaxBytes)
                throw picture.TooManyBytes();
            await picture.ReadHeaderAsync(cancellation);
            return picture;
        }
        catch
        {
            await picture.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && _prefix.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_prefix);
            _prefix = [];
            _prefixRead = _prefixLength = 0;
            _source.Dispose();
            _owner?.Dispose();
            _patience.Dispose();
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }

    // The prefix is read again only when it has grown by a quarter: a host that sends single bytes would else make the time grow with the
    // square of the length.
    private async Task ReadHeaderAsync(CancellationToken cancellation)
    {
        var isEnd = false;
        while (true)
        {
            var verdict = HeaderReader.Read(_prefix.AsSpan(0, _prefixLength), out var header);
            if (verdict == HeaderVerdict.Found)
            {
                Header = header;
                if (header.Pixels > _rules.MaxPixels)
                    throw new PictureRejectedException(
                        $"The picture has {header.Width}x{header.Height} pixels; at most {_rules.MaxPixels} pixels are allowed.");
                return;
            }

            if (verdict == HeaderVerdict.NotAPicture || _prefixLength >= HeaderReader.LongestPrefix)
                throw new PictureRejectedException("The content is not a picture (PNG, JPEG, WebP or GIF).");
            if (isEnd)
                throw Incomplete();
            isEnd = !await FillPrefixAsync(_prefixLength + 1 + (_prefixLength / 4), cancellation);
        }
    }

    // Returns false if the source ended before.
    private async Task<bool> FillPrefixAsync(int length, CancellationToken cancellation)
    {
        while (_prefixLength < length)
        {
            if (_prefixLength == _prefix.Length)
                GrowPrefix();
            var read = await ReadSourceAsync(_prefix.AsMemory(_prefixLength), cancellation);
            if (read == 0)
                return false;
            _prefixLength += read;
        }

        return true;
    }

    private void GrowPrefix()
    {
        var larger = ArrayPool<byte>.Shared.Rent(_prefix.Length * 2);
        _prefix.AsSpan(0, _prefixLength).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_prefix);
        _prefix = larger;
    }

    private int ReadPrefix(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _prefixLength - _prefixRead);
        _prefix.AsSpan(_prefixRead, count).CopyTo(buffer);
        _prefixRead += count;
        return count;
    }

    private async ValueTask<int> ReadSourceAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        try
        {
            return await _patience.WaitAsync(_source, buffer, cancellation);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or FormatException or TimeoutException)
        {
            throw new PictureUnavailableException("The picture's download failed or timed out.", new FailureDetails { Cause = exception });
        }
    }

    private void Note(ReadOnlySpan<byte> bytes)
    {
        _count += bytes.Length;
        if (_count > _rules.MaxBytes)
            throw TooManyBytes();
        _hash.AppendData(bytes);
        _tail.Append(bytes);
    }

    private void Finish()
    {
        if (_facts is not null)
            return;
        if (AnnouncedLength is { } announced && announced != _count)
            throw Incomplete();
        if (!_tail.Ends(Header.Format))
            throw Incomplete();
        _facts = new PictureFacts(Header, _count, Convert.ToHexStringLower(_hash.GetHashAndReset()));
    }

    private PictureRejectedException TooManyBytes() => new($"The picture has more than the allowed {_rules.MaxBytes} bytes.");

    private static PictureUnavailableException Incomplete() => new("The picture is incomplete: its data ends too early.");
}
