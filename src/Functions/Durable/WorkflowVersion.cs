using System.Text.Json;

namespace Darkroom.Durable;

/// <summary>The version of the workflows in this build: new instances get it, and the gate moves to it.</summary>
public static class WorkflowVersion
{
    // As for every value of host.json, a setting with this name replaces the one of the file.
    private const string Setting = "AzureFunctionsJobHost__extensions__durableTask__defaultVersion";

    /// <summary>
    /// <c>defaultVersion</c> of host.json; null if there is none. It is read as the host reads it, because the host does not run an
    /// instance of a newer version: a gate that moved to a version of its own would stand still.
    /// </summary>
    public static string? Current { get; } = Environment.GetEnvironmentVariable(Setting) is { Length: > 0 } replaced
        ? replaced
        : InFile(Path.Combine(AppContext.BaseDirectory, "host.json"));

    private static string? InFile(string path)
    {
        if (!File.Exists(path))
            return null;
        using var host = JsonDocument.Parse(
            File.ReadAllBytes(path), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
        return host.RootElement.TryGetProperty("extensions", out var extensions)
            && extensions.TryGetProperty("durableTask", out var durable)
            && durable.TryGetProperty("defaultVersion", out var version)
            ? version.GetString()
            : null;
    }
}
