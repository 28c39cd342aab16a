using System.Text.Json;

namespace Darkroom.Cli.Up;

/// <summary>The settings that the app would read: environment variables, then the Values of <c>local.settings.json</c>.</summary>
internal sealed class Configured
{
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<string>> _spellings = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The Values of <c>local.settings.json</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Local { get; }

    public Configured(IEnumerable<KeyValuePair<string, string>> environment, IEnumerable<KeyValuePair<string, string>> local)
    {
        Local = [.. local];
        foreach (var (name, value) in environment.Concat(Local))
        {
            var key = KeyOf(name);
            _values.TryAdd(key, value);
            if (!_spellings.TryGetValue(key, out var spellings))
                _spellings[key] = spellings = [];
            spellings.Add(name);
        }
    }

    /// <summary>The value of a setting; null if it is not set or empty.</summary>
    public string? this[string name] => _values.GetValueOrDefault(KeyOf(name)) is { Length: > 0 } value ? value : null;

    public bool HasAnyUnder(string prefix) =>
        _values.Any(value => value.Key.StartsWith(KeyOf(prefix), StringComparison.OrdinalIgnoreCase) && value.Value.Length > 0);

    /// <summary>All spellings under which a setting is set. The app ignores case, so every spelling must be overridden.</summary>
    public IEnumerable<string> SpellingsOf(string name) => _spellings.GetValueOrDefault(KeyOf(name)) ?? [];

    /// <summary>Reads this process's environment and the file in <paramref name="root"/>.</summary>
    /// <exception cref="CommandException">The file cannot be read or is not JSON.</exception>
    public static Configured Read(string root) => Read(root, CommandEnvironment.VariablesOfThisProcess());

    /// <summary>Reads the given environment and the file in <paramref name="root"/>.</summary>
    /// <exception cref="CommandException">The file cannot be read or is not JSON.</exception>
    public static Configured Read(string root, IEnumerable<KeyValuePair<string, string>> environment) =>
        new(environment, ReadLocal(Path.Combine(root, "local.settings.json")));

    private static List<KeyValuePair<string, string>> ReadLocal(string path)
    {
        if (!File.Exists(path))
            return [];
        try
        {
            using var json = JsonDocument.Parse(
                File.ReadAllBytes(path),
                new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            return json.RootElement.TryGetProperty("Values", out var values) && values.ValueKind == JsonValueKind.Object
                ? [
                    .. values.EnumerateObject()
                        .Where(value => value.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Object or JsonValueKind.Array))
                        .Select(value => KeyValuePair.Create(value.Name, value.Value.ToString()))]
                : [];
        }
        catch (Exception exception) when (
            exception is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            throw CommandException.Failed(UpWords.SettingsUnreadable.With(path, exception.Message), exception);
        }
    }

    private static string KeyOf(string name) => name.Replace("__", ":", StringComparison.Ordinal);
}
