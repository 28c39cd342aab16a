using System.Globalization;
using System.Text.Unicode;

namespace Darkroom.ModelScope.Wire;

/// <summary>
/// Checks the raw text of a JSON string before the reader unescapes it. The reader throws for half of a surrogate pair, which is valid JSON
/// but not valid Unicode. An exception for each of the strings of a large answer would take minutes.
/// </summary>
internal static class EscapedText
{
    private const int EscapeLength = 6;

    /// <summary>Whether the bytes are UTF-8, and escaped surrogates stand in pairs.</summary>
    public static bool IsValid(ReadOnlySpan<byte> raw)
    {
        if (!Utf8.IsValid(raw))
            return false;
        for (var at = raw.IndexOf((byte)'\\'); at >= 0; at = raw.IndexOf((byte)'\\'))
        {
            raw = raw[at..];
            var unit = UnitOf(raw);
            if (!char.IsSurrogate((char)unit))
            {
                // The reader has checked the syntax, so a backslash is never the last byte.
                raw = raw[2..];
                continue;
            }

            if (!char.IsHighSurrogate((char)unit) || !char.IsLowSurrogate((char)UnitOf(raw[EscapeLength..])))
                return false;
            raw = raw[(2 * EscapeLength)..];
        }

        return true;
    }

    // The UTF-16 code unit of an escape such as \ud83d; 0 for other escapes.
    private static ushort UnitOf(ReadOnlySpan<byte> text) =>
        text is [(byte)'\\', (byte)'u', _, _, _, _, ..]
            && ushort.TryParse(text[2..EscapeLength], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            ? unit
            : (ushort)0;
}
