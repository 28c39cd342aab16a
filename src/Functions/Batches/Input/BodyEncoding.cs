using System.Text;

namespace Darkroom.Batches.Input;

/// <summary>
/// Detects the encoding of a body: UTF-8, unless a byte order mark, a declared charset or a pattern of zero bytes shows another one. A body
/// in an unsupported encoding, or in another encoding than the declared one, is refused. The encoding is never guessed, because a wrong
/// guess would garble every prompt, and each picture would still be paid for.
/// </summary>
public static class BodyEncoding
{
    /// <summary>How many bytes at the beginning of a body are examined.</summary>
    public const int LooksAt = 64 * 1024;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding Utf16Little = new(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding Utf16Big = new(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true);

    /// <summary>The encoding of a body, and the length of its byte order mark.</summary>
    /// <exception cref="UnreadableBodyException">The encoding is not supported, or the body is binary. The message says which.</exception>
    public static (Encoding Encoding, int MarkBytes) Detect(ReadOnlySpan<byte> beginning, string? charset)
    {
        if (beginning is [0xFF, 0xFE, 0, 0, ..] or [0, 0, 0xFE, 0xFF, ..])
            throw Refusal("Is UTF-32, which is not supported");
        if (beginning is [0xEF, 0xBB, 0xBF, ..])
            return (Utf8, 3);
        if (beginning is [0xFF, 0xFE, ..])
            return (Utf16Little, 2);
        if (beginning is [0xFE, 0xFF, ..])
            return (Utf16Big, 2);
        if (Signature(beginning) is { } binary)
            throw Refusal($"Is {binary}, not text");
        if (charset is not null)
            return (Named(charset, beginning), 0);
        if (beginning.Contains((byte)0))
            return (Utf16WithoutMark(beginning), 0);
        if (!IsUtf8(beginning))
            throw new UnreadableBodyException("body", Explain(beginning));
        return (Utf8, 0);
    }

    /// <summary>The error text for bytes that are not valid UTF-8: the probable encoding, and what to do.</summary>
    public static string Explain(ReadOnlySpan<byte> bytes) =>
        $"Is not valid UTF-8; it {(LooksLikeGbk(bytes) ? "looks like GBK" : "is binary, or in an unknown encoding")}. "
            + "Save it as UTF-8, or name its encoding in the content type, for example text/csv; charset=gbk.";

    /// <summary>Whether bytes that are valid UTF-8 are so unlikely in the declared encoding that they must be UTF-8.</summary>
    internal static bool SaysUtf8(ReadOnlySpan<byte> bytes, Encoding said) =>
        // Text in a single-byte encoding is practically never valid UTF-8 unless it is ASCII. A Chinese character in GBK can look like a
        // two-byte sequence of UTF-8, but hardly like a longer one, so only lead bytes of longer sequences count.
        bytes.ContainsAnyInRange((byte)(said.IsSingleByte ? 0x80 : 0xE0), (byte)0xF4);

    /// <summary>The error for a body that is UTF-8 but declared as another encoding.</summary>
    internal static UnreadableBodyException IsUtf8Under(string charset) =>
        new("body", $"Is UTF-8, but the content type declares \"{charset}\". Send it with charset=utf-8.");

    private static Encoding Named(string charset, ReadOnlySpan<byte> beginning)
    {
        var encoding = Named(charset);
        var hasZeros = beginning.Contains((byte)0);
        if (hasZeros && encoding is not UnicodeEncoding)
            throw Refusal($"Is declared as \"{charset}\", but contains zero bytes, so it is binary or UTF-16");
        if (encoding is not UTF8Encoding && !hasZeros && IsUtf8(beginning) && SaysUtf8(beginning, encoding))
            throw IsUtf8Under(charset);
        return encoding;
    }

    private static Encoding Named(string charset) => charset.ToUpperInvariant() switch
    {
        "UTF-8" or "UTF8" or "US-ASCII" => Utf8,
        "UTF-16" or "UTF-16LE" => Utf16Little,
        "UTF-16BE" => Utf16Big,
        "GBK" or "GB2312" or "GB18030" or "CP936" => Gbk(),
        "ISO-8859-1" or "LATIN1" => Encoding.Latin1,
        _ => throw Refusal($"Is declared as \"{charset}\", which is not supported"),
    };

    private static Encoding Gbk() =>
        CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    // In UTF-16, Latin letters, digits and line ends have a zero byte in the same half of each pair, and hardly ever in the other half.
    private static Encoding Utf16WithoutMark(ReadOnlySpan<byte> bytes)
    {
        int even = 0, odd = 0;
        for (var at = 0; at < bytes.Length; at++)
        {
            if (bytes[at] != 0)
                continue;
            if (at % 2 == 0)
                even++;
            else
                odd++;
        }

        var pairs = bytes.Length / 2;
        if (odd > pairs / 20 && even <= odd / 4)
            return Utf16Little;
        if (even > pairs / 20 && odd <= even / 4)
            return Utf16Big;
        throw Refusal("Contains zero bytes, so it is binary, or UTF-16 that cannot be recognized");
    }

    private static string? Signature(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "a PNG picture",
        [0xFF, 0xD8, 0xFF, ..] => "a JPEG picture",
        [(byte)'P', (byte)'K', 3, 4, ..] => "a ZIP archive (such as an Excel workbook)",
        [0x1F, 0x8B, ..] => "compressed with gzip",
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => "a PDF document",
        [0xD0, 0xCF, 0x11, 0xE0, ..] => "an old Office document (such as an .xls workbook)",
        _ => null,
    };

    // The examined bytes may end in the middle of a character.
    private static bool IsUtf8(ReadOnlySpan<byte> bytes)
    {
        for (var cut = 0; cut <= 3 && cut <= bytes.Length; cut++)
        {
            if (Utf8Valid(bytes[..^cut]))
                return cut == 0 || bytes.Length >= LooksAt;
        }

        return false;

        static bool Utf8Valid(ReadOnlySpan<byte> part) => System.Text.Unicode.Utf8.IsValid(part);
    }

    private static bool LooksLikeGbk(ReadOnlySpan<byte> bytes)
    {
        int pairs = 0, at = 0;
        while (at < bytes.Length)
        {
            if (bytes[at] < 0x80)
            {
                at++;
                continue;
            }

            if (bytes[at] is 0x80 or 0xFF)
                return false;
            if (at + 1 >= bytes.Length)
                break;
            if (bytes[at + 1] is < 0x40 or 0x7F or 0xFF)
                return false;
            pairs++;
            at += 2;
        }

        return pairs > 0;
    }

    private static UnreadableBodyException Refusal(string what) => new("body", $"{what}. Send UTF-8, or UTF-16 with a byte order mark.");
}
