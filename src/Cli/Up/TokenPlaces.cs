using System.Text.Json;
using Darkroom.ModelScope;

namespace Darkroom.Cli.Up;

/// <summary>Looks for a ModelScope token in the documented places, in the documented order (docs/cli.md).</summary>
internal static class TokenPlaces
{
    private const int MaxLines = 100;

    public static IReadOnlyList<string> Names => ModelScopeSettings.TokenNames;

    /// <summary>The first token found; null if there is none.</summary>
    /// <param name="configured">The environment and local settings.</param>
    /// <param name="workingDirectory">The folder of <c>config.json</c>.</param>
    /// <param name="homeDirectory">The home folder, for the file with front matter.</param>
    public static FoundToken? Find(Configured configured, string workingDirectory, string homeDirectory)
    {
        var home = Path.Combine(homeDirectory, ".modelscope-image-gen", "modelscope-image-gen.local.md");
        return Names.Select(name => new FoundToken(name, configured[name] ?? ""))
            .Append(new FoundToken("config.json", FromConfig(Path.Combine(workingDirectory, "config.json")) ?? ""))
            .Append(new FoundToken("modelscope-image-gen.local.md", FromFrontMatter(home) ?? ""))
            .FirstOrDefault(token => IsToken(token.Text));
    }

    /// <summary>Whether the text can be a token, and is not empty or a placeholder.</summary>
    internal static bool IsToken(string text) => !ApiToken.Clean(text).IsEmpty;

    private static string? FromConfig(string path)
    {
        try
        {
            if (!File.Exists(path))
                return null;
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            return json.RootElement.TryGetProperty("api_key", out var key) ? key.GetString() : null;
        }
        catch (Exception exception) when (
            exception is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            // The file belongs to another program.
            return null;
        }
    }

    private static string? FromFrontMatter(string path)
    {
        try
        {
            var lines = File.Exists(path) ? File.ReadLines(path).Take(MaxLines).Select(line => line.TrimEnd()).ToArray() : [];
            return lines.FirstOrDefault() == "---" && Array.IndexOf(lines, "---", 1) is > 0 and var end
                ? lines[1..end]
                    .FirstOrDefault(line => line.StartsWith("api_key:", StringComparison.OrdinalIgnoreCase))?["api_key:".Length..]
                    .Split(" #")[0]
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

/// <summary>A token and where it was found. <see cref="ToString"/> does not contain the token.</summary>
internal sealed record FoundToken(string Place, string Text)
{
    public override string ToString() => $"the token from {Place}";
}
