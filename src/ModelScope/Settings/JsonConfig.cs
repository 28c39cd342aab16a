using System.Text.Json;

namespace Darkroom.ModelScope;

/// <summary>Reads <c>api_key</c> from <c>config.json</c>, a file that other ModelScope tools use too.</summary>
internal static class JsonConfig
{
    public static string? ReadApiKey(string path)
    {
        try
        {
            if (!File.Exists(path))
                return null;
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("api_key", out var key)
                && key.ValueKind == JsonValueKind.String
                ? key.GetString()
                : null;
        }
        catch (Exception exception) when (
            exception is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
