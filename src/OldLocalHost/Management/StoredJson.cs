using System.Text.Json;

namespace Darkroom.LocalHost.Management;

/// <summary>Shows what is stored as text: as the JSON that it is, or as a string when it is none.</summary>
internal static class StoredJson
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 900 };

    public static void WriteStored(this Utf8JsonWriter json, string name, string? text)
    {
        json.WritePropertyName(name);
        json.WriteStored(text);
    }

    public static void WriteStored(this Utf8JsonWriter json, string? text)
    {
        if (text is null)
            json.WriteNullValue();
        else if (string.IsNullOrWhiteSpace(text))
            json.WriteStringValue("");
        else if (Parse(text) is not { } document)
            json.WriteStringValue(text);
        else
        {
            using (document)
                document.RootElement.WriteTo(json);
        }
    }

    private static JsonDocument? Parse(string text)
    {
        try
        {
            return JsonDocument.Parse(text, Deep);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
