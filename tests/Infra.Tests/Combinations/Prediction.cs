using System.Text.Json;

namespace Darkroom.Infra.Tests.Combinations;

/// <summary>The resources that a deployment would make.</summary>
internal sealed class Prediction
{
    private readonly JsonElement _root;

    public Prediction(string snapshot)
    {
        using var document = JsonDocument.Parse(snapshot);
        _root = document.RootElement.Clone();
        Resources = [.. _root.GetProperty("predictedResources").EnumerateArray()];
    }

    public IReadOnlyList<JsonElement> Resources { get; }

    /// <summary>What the compiler could not evaluate, or found wrong.</summary>
    public IEnumerable<string> Diagnostics => _root.GetProperty("diagnostics").EnumerateArray().Select(one => one.ToString());

    public IEnumerable<JsonElement> OfType(string type) => Resources.Where(resource => TextOf(resource, "type") == type);

    public JsonElement Only(string type) => Assert.Single(OfType(type));

    /// <summary>A value inside a resource; undefined if it is not there.</summary>
    public static JsonElement At(JsonElement resource, params string[] path)
    {
        foreach (var name in path)
        {
            if (resource.ValueKind != JsonValueKind.Object || !resource.TryGetProperty(name, out resource))
                return default;
        }

        return resource;
    }

    public static string TextOf(JsonElement resource, params string[] path) =>
        At(resource, path) is { ValueKind: not JsonValueKind.Undefined } value ? value.ToString() : "";

    /// <summary>
    /// The app settings, as the expression that the deployment evaluates: they contain addresses that only exist then.
    /// </summary>
    public string Settings() => TextOf(Only("Microsoft.Web/sites"), "properties", "siteConfig", "appSettings");
}
