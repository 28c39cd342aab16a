using System.Text.Json;

namespace Darkroom.ModelScope.Requests;

/// <summary>Reads JSON strings. An unpaired surrogate such as <c>"\ud83d"</c> is valid JSON but not valid Unicode text.</summary>
public static class JsonStrings
{
    /// <summary>Returns whether the value is a string of valid Unicode text, and the text.</summary>
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
