using System.Text.Json;

namespace Darkroom.ModelScope.Requests;

/// <summary>Reads JSON strings. An unpaired surrogate, for example <c>"\ud83d"</c>, is valid JSON but no valid Unicode text.</summary>
public static class JsonStrings
{
    /// <summary>Whether the value is a string of valid Unicode text, and that text.</summary>
    public static bool TryGetText(this JsonElement value, out string text)
    {
        text = "";
        if (value.ValueKind != JsonValueKind.String)
            return false;
        try
        {
            text = value.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
