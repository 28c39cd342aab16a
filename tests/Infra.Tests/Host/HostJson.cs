using System.Text.Json;
using System.Text.RegularExpressions;
using Darkroom.Infra.Tests.Files;
using Darkroom.Infra.Tests.Templates;

namespace Darkroom.Infra.Tests.Host;

/// <summary>The keys of host.json exist, and its values are consistent with the code, the deployment and docs/operations.md.</summary>
internal static partial class HostJson
{
    private const string Path = "host.json";

    public static IEnumerable<string> Check(Checkout checkout)
    {
        using var host = JsonDocument.Parse(checkout[Path]);
        var main = ArmTemplate.Parse(checkout);
        var leaves = JsonWalk.Leaves(host.RootElement).ToDictionary(leaf => leaf.Key, leaf => leaf.Value);
        var hub = main.Variables.Single(variable => variable.Name == "hubName").Value.GetString();
        var slots = main.Parameters.Single(parameter => parameter.Name == "slots").Value.GetProperty("maxValue").GetInt32();
        return
        [
            .. leaves.Keys.Where(key => !IsKnown(key)).Select(key => $"{Path}: there is no key {key}"),
            .. Must(Text("extensions.http.routePrefix") == "", "routePrefix must be \"\": the code writes its routes in full"),
            .. Must(
                Text("telemetryMode") == "OpenTelemetry", "telemetryMode must be \"OpenTelemetry\": the alerts read what the app measures"),
            .. Must(int.TryParse(Text("extensions.durableTask.defaultVersion"), out _), "defaultVersion must be a whole number"),
            .. Must(
                Text("extensions.durableTask.hubName") == hub,
                $"hubName is \"{Text("extensions.durableTask.hubName")}\", and main.bicep calls the hub \"{hub}\""),
            .. Must(int.TryParse(Text("extensions.durableTask.maxConcurrentActivityFunctions"), out var activities) && activities >= slots,
                $"maxConcurrentActivityFunctions is less than the {slots} slots that main.bicep allows"),
            .. Undocumented(checkout["docs/operations.md"], leaves),
        ];

        string? Text(string key) => leaves.TryGetValue(key, out var value) ? value.ToString() : null;
    }

    private static bool IsKnown(string key) =>
        Table.Read<string[]>("host-keys").Any(
            known =>
                known == key || (known.EndsWith(".*", StringComparison.Ordinal) && key.StartsWith(known[..^1], StringComparison.Ordinal)));

    private static IEnumerable<string> Must(bool holds, string violation) => holds ? [] : [$"{Path}: {violation}"];

    private static IEnumerable<string> Undocumented(string page, Dictionary<string, JsonElement> leaves)
    {
        var rows = Rows().Matches(page).ToLookup(row => row.Groups["key"].Value, row => row.Groups["value"].Value);
        return leaves.Where(leaf => !rows[leaf.Key].SequenceEqual([leaf.Value.GetRawText()]))
            .Select(leaf => $"docs/operations.md: the table must have one row for {leaf.Key}, with {leaf.Value.GetRawText()}");
    }

    [GeneratedRegex(
        @"^\| `(?<key>[A-Za-z.]+)` \| `(?<value>[^`]*)` \| .*\S \|$",
            RegexOptions.Multiline | RegexOptions.ExplicitCapture,
            matchTimeoutMilliseconds: 1000)]
    private static partial Regex Rows();
}
