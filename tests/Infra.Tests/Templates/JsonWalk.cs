using System.Text.Json;

namespace Darkroom.Infra.Tests.Templates;

internal static class JsonWalk
{
    /// <summary>Every property of every object, at any depth.</summary>
    public static IEnumerable<JsonProperty> Properties(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(property => Properties(property.Value).Prepend(property)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Properties),
        _ => [],
    };

    /// <summary>Every string in an array or object, at any depth.</summary>
    public static IEnumerable<string> Texts(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(property => Texts(property.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Texts),
        JsonValueKind.String => [json.GetString()!],
        _ => [],
    };

    /// <summary>The values that are not objects, by their dotted path.</summary>
    public static IEnumerable<(string Key, JsonElement Value)> Leaves(JsonElement json, string path = "") =>
        json.ValueKind == JsonValueKind.Object
        ? json.EnumerateObject().SelectMany(
            property => Leaves(property.Value, path.Length == 0 ? property.Name : $"{path}.{property.Name}"))
        : [(path, json)];
}
