using System.Text;

namespace Darkroom.Batches.Input;

/// <summary>
/// Returns a body that is declared as another encoding than UTF-8, and throws at its end if the whole body is valid UTF-8. Its beginning
/// alone is not enough for this check, because it can be plain ASCII, which is the same in most encodings.
/// </summary>
internal sealed class CharsetCheck(Stream inner, Encoding encoding, string charset) : ForwardStream
{
    private readonly Decoder _utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetDecoder();
    private readonly char[] _letters = new char[4096];
    private bool _isUtf8 = true;
    private bool _saysMore;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        if (_isUtf8 && buffer.Length > 0)
        {
            _saysMore |= BodyEncoding.SaysUtf8(buffer.Span[..read], encoding);
            _isUtf8 = !buffer.Span[..read].Contains((byte)0) && FitsUtf8(buffer.Span[..read], isEnd: read == 0);
            if (_isUtf8 && _saysMore && read == 0)
                throw BodyEncoding.IsUtf8Under(charset);
        }

        return read;
    }

    private bool FitsUtf8(ReadOnlySpan<byte> bytes, bool isEnd)
    {
        try
        {
            var isThrough = false;
            while (!isThrough)
            {
                _utf8.Convert(bytes, _letters, isEnd, out var used, out _, out isThrough);
                bytes = bytes[used..];
            }

            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
