using System.Text;

namespace Darkroom.Batches.Input;

/// <summary>
/// How a body's characters are written: UTF-8 unless a mark at its beginning, its zero bytes or the sender says otherwise. What is none of
/// these, or not what the sender says, is refused by its name, never guessed: a wrong guess would be paid for prompt by prompt.
/// </summary>
public static class BodyEncoding
{
    /// <summary>How much of the beginning is looked at.</summary>
    public const int LooksAt = 64 * 1024;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding Utf16Little = new(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding Utf16Big = new(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true);

    /// <summary>The encoding, and how many bytes its mark takes.</summary>
    /// <exception cref="UnreadableBodyException">It is none that is read; the message names it.</exception>
    public static (Encoding Encoding, int MarkBytes) Detect(ReadOnlySpan<byte> beginning, string? charset)
    {
        if (beginning is [0xFF, 0xFE, 0, 0, ..] or [0, 0, 0xFE, 0xFF, ..])
            throw Refusal("is UTF-32");
        if (beginning is [0xEF, 0xBB, 0xBF, ..])
            return (Utf8, 3);
        if (beginning is [0xFF, 0xFE, ..])
            return (Utf16Little, 2);
        if (beginning is [0xFE, 0xFF, ..])
            return (Utf16Big, 2);
        if (Signature(beginning) is { } binary)
            throw Refusal($"is {binary}, not text");
        if (charset is not null)
            return (Named(charset, beginning), 0);
        if (beginning.Contains((byte)0))
            return (Utf16WithoutMark(beginning), 0);
        if (!IsUtf8(beginning))
            throw new UnreadableBodyException("body", Explain(beginning));
        return (Utf8, 0);
    }

    /// <summary>What bytes that are no UTF-8 probably are, and the cure.</summary>
    public static string Explain(ReadOnlySpan<byte> bytes) =>
        $"Is not UTF-8; it {(LooksLikeGbk(bytes) ? "looks like GBK" : "is of an unknown encoding, or binary")}. Save it as UTF-8, or name its encoding: Content-Type …; charset=gbk.";

    /// <summary>Whether bytes that fit UTF-8 can't be by chance what they are said to be.</summary>
    internal static bool SaysUtf8(ReadOnlySpan<byte> bytes, Encoding said) =>
        // Western text never fits by chance. A Chinese character in GBK may look like one of two bytes, hardly like one of three.
        bytes.ContainsAnyInRange((byte)(said.IsSingleByte ? 0x80 : 0xE0), (byte)0xF4);

    /// <summary>The refusal of UTF-8 under another name.</summary>
    internal static UnreadableBodyException IsUtf8Under(string charset) =>
        new("body", $"Is UTF-8, and is said to be \"{charset}\". Send it with charset=utf-8.");

    private static Encoding Named(string charset, ReadOnlySpan<byte> beginning)
    {
        var encoding = Named(charset);
        var hasZeros = beginning.Contains((byte)0);
        if (hasZeros && encoding is not UnicodeEncoding)
            throw Refusal($"is said to be \"{charset}\" and holds zero bytes: it is binary, or UTF-16");
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
        _ => throw Refusal($"is said to be \"{charset}\""),
    };


    private static Encoding Gbk() =>
        CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    // Latin letters, digits and line ends have a zero in one half of each pair, and hardly any in the other.
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
        throw Refusal("is binary: it holds zero bytes");
    }

    private static string? Signature(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "a PNG picture",
        [0xFF, 0xD8, 0xFF, ..] => "a JPEG picture",
        [(byte)'P', (byte)'K', 3, 4, ..] => "a ZIP archive (as Excel's workbooks are)",
        [0x1F, 0x8B, ..] => "compressed with gzip",
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => "a PDF document",
        [0xD0, 0xCF, 0x11, 0xE0, ..] => "an old Office document",
        _ => null,
    };

    // The look may end within a character.
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

    private static UnreadableBodyException Refusal(string what) => new("body", $"It {what}. Send UTF-8, or UTF-16 with its mark.");
}
