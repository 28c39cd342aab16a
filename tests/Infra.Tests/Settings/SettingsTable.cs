using System.Text.Json.Serialization;

namespace Darkroom.Infra.Tests.Settings;

/// <summary>Tables/app-settings.json: settings that are not in docs/settings.md, and exceptions. Each entry has its reason.</summary>
internal sealed record SettingsTable(
    [property: JsonPropertyName("platform")] IReadOnlyDictionary<string, string> Platform,
    [property: JsonPropertyName("optional")] IReadOnlyDictionary<string, string> Optional,
    [property: JsonPropertyName("refused")] IReadOnlyDictionary<string, string> Refused);
