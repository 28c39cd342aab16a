using System.Globalization;

namespace Darkroom.Cli;

/// <summary>Fills the placeholders of a text of the <c>*Words</c> classes.</summary>
internal static class Phrases
{
    public static string With(this string text, params ReadOnlySpan<object?> values) =>
        string.Format(CultureInfo.InvariantCulture, text, values);
}
