using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Darkroom.ModelScope.Wire;

/// <summary>Reads single JSON values. A value of an unexpected type is read as null and does not throw.</summary>
internal static class JsonText
{
    /// <summary>
    /// Returns a string, or a number or boolean as text, or null for any other value. The reader ends at the end of the value.
    /// </summary>
    public static string? Scalar(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return String(ref reader);
            case JsonTokenType.Number:
            case JsonTokenType.True:
            case JsonTokenType.False:
                return Encoding.UTF8.GetString(Raw(ref reader));
            default:
                reader.Skip();
                return null;
        }
    }

    public static double? Number(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number)
            return reader.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;

        return double.TryParse(Scalar(ref reader), out var parsed) && double.IsFinite(parsed) ? parsed : null;
    }

    public static long? WholeNumber(ref Utf8JsonReader reader) =>
        Number(ref reader) is { } number && Math.Abs(number) < 9e15 ? (long)number : null;

    /// <summary>Returns a string. With an unpaired surrogate or invalid UTF-8 it is returned as it was sent; it may be useful.</summary>
    public static string String(ref Utf8JsonReader reader) =>
        IsText(ref reader) ? reader.GetString() ?? "" : Encoding.UTF8.GetString(Raw(ref reader));

    /// <summary>Whether the string or name is valid Unicode text. If it is not, the reader throws when it unescapes it.</summary>
    public static bool IsText(ref Utf8JsonReader reader) => EscapedText.IsValid(Raw(ref reader));

    /// <summary>Whether the name of the current property is <paramref name="name"/>. A name that is not valid text is none.</summary>
    public static bool NameIs(this ref Utf8JsonReader reader, ReadOnlySpan<byte> name) =>
        (!reader.ValueIsEscaped || IsText(ref reader)) && reader.ValueTextEquals(name);

    private static ReadOnlySpan<byte> Raw(ref Utf8JsonReader reader) =>
        reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan;
}
