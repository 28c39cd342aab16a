using System.Text;

namespace Darkroom.Cli.Screen;

/// <summary>
/// Removes control characters from text that comes from the server, so that it cannot move the cursor, change colours or reverse the
/// writing direction in a terminal.
/// </summary>
internal static class PlainText
{
    /// <summary>
    /// Returns the text without control characters. Newlines and tabs stay. A carriage return is removed, because it would let text
    /// overwrite its own line.
    /// </summary>
    public static string Of(string text) =>
        text.EnumerateRunes().Any(IsToGo)
            ? string.Concat(text.EnumerateRunes().Where(rune => !IsToGo(rune)).Select(rune => rune.ToString()))
            : text;

    /// <summary>Whether the character is a control character or changes the writing direction.</summary>
    public static bool IsUnseen(Rune rune) => Rune.IsControl(rune) || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);

    private static bool IsToGo(Rune rune) => IsUnseen(rune) && rune.Value is not ('\n' or '\t');
}
