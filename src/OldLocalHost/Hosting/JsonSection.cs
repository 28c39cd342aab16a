using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Darkroom.LocalHost.Hosting;

/// <summary>An object in a settings file. What is missing takes its default, what is of the wrong type is refused with its path.</summary>
internal sealed class JsonSection(string file, string path, JsonObject? values)
{
    public IEnumerable<KeyValuePair<string, JsonNode?>> All => values ?? Enumerable.Empty<KeyValuePair<string, JsonNode?>>();

    public JsonSection Section(string name) => values?[name] switch
    {
        null => new JsonSection(file, PathOf(name), null),
        JsonObject section => new JsonSection(file, PathOf(name), section),
        var other => throw Wrong(name, "an object", other),
    };

    public string? Text(string name) => values?[name] switch
    {
        null => null,
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        var other => throw Wrong(name, "a string", other),
    };

    public bool? Switch(string name) => values?[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out bool flag) => flag,
        var other => throw Wrong(name, "true or false", other),
    };

    public int? Number(string name, int from, int to) => values?[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out int number) && number >= from && number <= to => number,
        var other => throw Wrong(name, $"a whole number from {from} to {to}", other),
    };

    public TimeSpan? Duration(string name, TimeSpan from, TimeSpan to) => values?[name] switch
    {
        null => null,
        JsonValue value when value.GetValueKind() == JsonValueKind.String
            && TimeSpan.TryParse(value.GetValue<string>(), CultureInfo.InvariantCulture, out var duration) && duration >= from && duration <= to => duration,
        var other => throw Wrong(name, $"a time span such as \"00:00:02\", from {from:c} to {to:c}", other),
    };

    public T Choice<T>(string name, T otherwise)
        where T : struct, Enum => Text(name) switch
        {
            null => otherwise,
            var text when Enum.TryParse<T>(text, ignoreCase: true, out var choice) && Enum.IsDefined(choice) => choice,
            _ => throw Wrong(name, $"one of {string.Join(", ", Enum.GetNames<T>().Select(choice => choice.ToLowerInvariant()))}", values![name]!),
        };

    /// <summary>A single value as text, whatever its type: numbers and switches are often written without quotes.</summary>
    public string? Plain(string name) => values?[name] switch
    {
        null => null,
        JsonValue value => value.ToString(),
        var other => throw Wrong(name, "a string", other),
    };

    public StartException Wrong(string name, string expected, JsonNode found)
    {
        var kind = found.GetValueKind() switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "an array",
            _ => found.ToJsonString(),
        };
        return new StartException($"{file}: {PathOf(name)} must be {expected}, not {kind}.");
    }

    private string PathOf(string name) => path.Length == 0 ? name : $"{path}.{name}";
}
