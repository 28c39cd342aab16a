using System.Text;

namespace Darkroom.Cli.Screen;

/// <summary>
/// Text of others as it may go to a terminal: nothing in it moves the cursor, changes colours or turns the direction of writing around.
/// </summary>
internal static class PlainText
{
    /// <summary>
    /// The text without what is not to be seen. New lines and tabs stay; a carriage return would write over what stands there.
    /// </summary>
    public static string Of(string text) =>
        text.EnumerateRunes().Any(IsToGo)
            ? string.Concat(text.EnumerateRunes().Where(rune => !IsToGo(rune)).Select(rune => rune.ToString()))
            : text;

    /// <summary>Whether it is a control character, or one that turns the direction of writing around.</summary>
    public static bool IsUnseen(Rune rune) => Rune.IsControl(rune) || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);

    private static bool IsToGo(Rune rune) => IsUnseen(rune) && rune.Value is not ('\n' or '\t');
}
