using System.Text;
using System.Text.Json;

namespace Darkroom.LocalHost.Management;

/// <summary>Reads the JSON that a caller sends.</summary>
internal static class JsonBody
{
    /// <summary>Null when there is nothing.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static async Task<JsonElement?> ReadAsync(ManagementCall call)
    {
        using var reader = new StreamReader(call.Request.Body, Encoding.UTF8);
        var text = await reader.ReadToEndAsync(call.Aborted);
        return string.IsNullOrWhiteSpace(text) ? null : Parse(text);
    }

    private static JsonElement Parse(string text)
    {
        using var document = JsonDocument.Parse(text);
        try
        {
            // Half a character parses, and cannot be written down again.
            using var writer = new Utf8JsonWriter(Stream.Null);
            document.RootElement.WriteTo(writer);
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException(exception.Message, exception);
        }

        return document.RootElement.Clone();
    }
}
