using System.Text.Json;
using System.Text.Json.Nodes;

namespace Darkroom.LocalHost.Hosting;

/// <summary>A settings file that people write: comments and trailing commas are welcome, and what is wrong is said with its place.</summary>
internal static class JsonFile
{
    private static readonly JsonDocumentOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
    };
    private static readonly JsonNodeOptions AnyCase = new() { PropertyNameCaseInsensitive = true };

    /// <summary>The first of these directories that has the file, or null.</summary>
    public static string? Find(string name, params ReadOnlySpan<string> directories)
    {
        foreach (var directory in directories)
        {
            var path = Path.Combine(directory, name);
            if (File.Exists(path))
                return path;
        }

        return null;
    }

    /// <exception cref="StartException">It is not JSON, or not an object.</exception>
    public static JsonSection Read(string path)
    {
        var name = Path.GetFileName(path);
        try
        {
            return JsonNode.Parse(File.ReadAllText(path), AnyCase, Lenient) is JsonObject root
                ? new JsonSection(name, "", root)
                : throw new StartException($"{name} must hold a JSON object.");
        }
        catch (JsonException exception)
        {
            throw new StartException($"{name} is not valid JSON: {exception.Message}", exception);
        }
    }
}
