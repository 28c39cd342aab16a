using System.Text;

namespace Darkroom.Batches.Input;

/// <summary>
/// Opens a body in any supported encoding as a stream of UTF-8. The read that reaches an invalid byte or a NUL character throws.
/// </summary>
internal static class BodyText
{
    /// <exception cref="UnreadableBodyException">The encoding is not supported.</exception>
    public static async Task<Stream> OpenAsync(Stream body, string? charset, CancellationToken cancellation)
    {
        var beginning = new byte[BodyEncoding.LooksAt];
        var length = await body.ReadAtLeastAsync(beginning, beginning.Length, throwOnEndOfStream: false, cancellation);
        var (encoding, mark) = BodyEncoding.Detect(beginning.AsSpan(0, length), charset);
        Stream whole = new Rejoined(beginning.AsMemory(mark, length - mark), body);
        if (charset is not null && mark == 0 && encoding is not UTF8Encoding)
            whole = new CharsetCheck(whole, encoding, charset);
        return new CheckedUtf8(
            encoding is UTF8Encoding
                ? whole
                : Encoding.CreateTranscodingStream(whole, encoding, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)));
    }

    /// <summary>Joins the beginning, which was already read, with the rest of the body.</summary>
    private sealed class Rejoined(ReadOnlyMemory<byte> beginning, Stream rest) : ForwardStream
    {
        private ReadOnlyMemory<byte> _beginning = beginning;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_beginning.IsEmpty)
                return await rest.ReadAsync(buffer, cancellationToken);
            var length = Math.Min(buffer.Length, _beginning.Length);
            _beginning[..length].CopyTo(buffer);
            _beginning = _beginning[length..];
            return length;
        }
    }

    /// <summary>Returns UTF-8 unchanged, and checks every byte of it.</summary>
    private sealed class CheckedUtf8(Stream inner) : ForwardStream
    {
        // The first bytes of a character whose other bytes are not read yet.
        private readonly byte[] _open = new byte[4];
        private int _openLength;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            Check(buffer.Span[..read], isEnd: read == 0 && buffer.Length > 0);
            return read;
        }

        private void Check(ReadOnlySpan<byte> bytes, bool isEnd)
        {
            if (bytes.Contains((byte)0))
                throw new UnreadableBodyException("body", "Contains a NUL character, so it is damaged or binary. Send text.");
            var from = 0;
            while (_openLength > 0 && (from < bytes.Length || isEnd))
            {
                if (isEnd)
                    throw new UnreadableBodyException("body", BodyEncoding.Explain(_open.AsSpan(0, _openLength)));
                _open[_openLength++] = bytes[from++];
                var status = Rune.DecodeFromUtf8(_open.AsSpan(0, _openLength), out _, out _);
                if (status == System.Buffers.OperationStatus.InvalidData)
                    throw new UnreadableBodyException("body", BodyEncoding.Explain(bytes));
                if (status == System.Buffers.OperationStatus.Done)
                    _openLength = 0;
            }

            var rest = bytes[from..];
            var cut = CutOf(rest);
            if (!System.Text.Unicode.Utf8.IsValid(rest[..^cut]))
                throw new UnreadableBodyException("body", BodyEncoding.Explain(rest));
            rest[^cut..].CopyTo(_open.AsSpan(_openLength));
            _openLength += cut;
        }

        // How many bytes at the end belong to an incomplete character.
        private static int CutOf(ReadOnlySpan<byte> bytes)
        {
            for (var back = 1; back <= 3 && back <= bytes.Length; back++)
            {
                var last = bytes[^back];
                if ((last & 0xC0) == 0x80)
                    continue;
                var needs = last >= 0xF0 ? 4 : last >= 0xE0 ? 3 : last >= 0xC0 ? 2 : 1;
                return needs > back ? back : 0;
            }

            return 0;
        }
    }
}
