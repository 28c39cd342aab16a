using System.Text.Json;
using Darkroom.Infra.Tests.Files;

namespace Darkroom.Infra.Tests.Templates;

/// <summary>A compiled template: main.bicep, or one of the modules that it contains.</summary>
/// <param name="Path">The path of module names: <c>main/alerts/failures</c>.</param>
/// <param name="Json">The template.</param>
internal sealed record ArmTemplate(string Path, JsonElement Json)
{
    public static ArmTemplate Parse(Checkout checkout)
    {
        using var document = JsonDocument.Parse(checkout[Checkout.CompiledTemplate]);
        return new ArmTemplate("main", document.RootElement.Clone());
    }

    public IEnumerable<JsonProperty> Parameters => Section("parameters");

    public IEnumerable<JsonProperty> Variables => Section("variables");

    public IEnumerable<JsonProperty> Outputs => Section("outputs");

    /// <summary>
    /// Resources by their symbolic name. A template without user-defined types has a list without names; the name is then the index.
    /// </summary>
    public IEnumerable<(string Name, JsonElement Resource)> Resources =>
        Json.GetProperty("resources") is { ValueKind: JsonValueKind.Array } list
        ? list.EnumerateArray().Select((resource, index) => ($"[{index}]", resource))
        : Section("resources").Select(resource => (resource.Name, resource.Value));

    public IEnumerable<(string Name, ArmTemplate Template)> Modules =>
        from resource in Resources
        where TypeOf(resource.Resource) == "Microsoft.Resources/deployments"
        select (
            resource.Name, new ArmTemplate($"{Path}/{resource.Name}", resource.Resource.GetProperty("properties").GetProperty("template")));

    /// <summary>This template and all below it.</summary>
    public IEnumerable<ArmTemplate> All() => Modules.SelectMany(module => module.Template.All()).Prepend(this);

    public static string TypeOf(JsonElement resource) => resource.GetProperty("type").GetString()!;

    private IEnumerable<JsonProperty> Section(string name) => Json.TryGetProperty(name, out var section) ? section.EnumerateObject() : [];
}
