using System.Text.Json;

namespace Darkroom.ModelScope.Requests;

/// <summary>Reads JSON strings and names. An unpaired surrogate such as <c>"\ud83d"</c> is valid JSON but not valid Unicode text.</summary>
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

    /// <summary>Returns whether the name of the field is valid Unicode text, and the name.</summary>
    public static bool TryGetName(this JsonProperty property, out string name)
    {
        name = "";
        try
        {
            name = property.Name;
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>
    /// Returns whether the names of all fields of an object are valid Unicode text. If one is not, even the search for another field fails.
    /// </summary>
    public static bool HasValidNames(this JsonElement body) => body.EnumerateObject().All(property => property.TryGetName(out _));
}
