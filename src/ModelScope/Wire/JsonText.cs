using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Darkroom.ModelScope.Wire;

/// <summary>Reads single JSON values without trusting their type: what is not as expected is null, never an exception.</summary>
internal static class JsonText
{
    /// <summary>
    /// A string, or a number or boolean as its text; null for everything else. Leaves the reader at the end of the value.
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

    public static string String(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            // Not valid Unicode (half a surrogate pair, broken UTF-8). The words around it may still matter.
            return Encoding.UTF8.GetString(Raw(ref reader));
        }
    }

    private static ReadOnlySpan<byte> Raw(ref Utf8JsonReader reader) =>
        reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan;
}
