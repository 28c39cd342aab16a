using System.Text.Json;
using System.Text.RegularExpressions;
using Darkroom.Infra.Tests.Files;

namespace Darkroom.Infra.Tests.Settings;

/// <summary>local.settings.sample.json, which users copy, has only settings that exist, and placeholders for secrets.</summary>
internal static partial class SampleSettings
{
    private const string Path = "local.settings.sample.json";

    public static IEnumerable<string> Check(Checkout checkout)
    {
        using var sample = JsonDocument.Parse(checkout[Path]);
        var known = Table.Read<SettingsTable>("app-settings");
        var names = SettingsPage.Read(checkout["docs/settings.md"])
            .Select(setting => setting.Name)
            .Concat(known.Platform.Keys)
            .Concat(known.Optional.Keys)
            .ToHashSet();
        var values = sample.RootElement.GetProperty("Values").EnumerateObject().ToList();
        return
        [
            .. sample.RootElement.GetProperty("IsEncrypted").ValueKind == JsonValueKind.False
                ? (string[])[]
                : [$"{Path}: IsEncrypted must be false, or Core Tools decrypts the values"],
            .. values.Where(value => !names.Contains(value.Name)).Select(value => $"{Path}: there is no setting {value.Name}"),
            .. values.Where(
                value =>
                    Secret().IsMatch(value.Name) && value.Value.GetString() is not ['<', .., '>']).Select(value =>
                        $"{Path}: {value.Name} must be a placeholder, <...>"),
        ];
    }

    [GeneratedRegex("TOKEN|SECRET|KEY", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Secret();
}
