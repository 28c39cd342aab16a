using System.Text.Json;
using Darkroom.Infra.Tests.Files;
using Darkroom.Infra.Tests.Templates;

namespace Darkroom.Infra.Tests.Settings;

/// <summary>
/// The settings that Bicep sets for the function app are the settings that the code reads. They are in the variables of the app's template
/// whose names end with "Settings".
/// </summary>
internal static class AppSettings
{
    public static IEnumerable<string> Check(Checkout checkout)
    {
        var known = Table.Read<SettingsTable>("app-settings");
        var set = SetBy(ArmTemplate.Parse(checkout)).ToHashSet();
        var read = SettingsPage.Read(checkout["docs/settings.md"]);
        if (set.Count == 0 || read.Count == 0)
            return [$"{set.Count} settings are set, {read.Count} are read: there must be some of each"];

        var names = read.Select(setting => setting.Name).ToHashSet();
        return
        [
            .. set.Where(known.Refused.ContainsKey).Select(name => $"{name} must not be set: {known.Refused[name]}"),
            .. set.Where(
                name =>
                    !names.Contains(name) && !known.Platform.ContainsKey(name) && !known.Refused.ContainsKey(name))
                .Select(name => $"{name} is set, and the code does not read it"),
            .. read.Where(setting => !setting.HasDefault && !set.Contains(setting.Name) && !known.Optional.ContainsKey(setting.Name))
                .Select(setting => $"{setting.Name} has no default and is not set"),
            .. known.Platform.Keys.Where(names.Contains).Select(
                name => $"{name} is read by the code: remove it from \"platform\" in the table"),
        ];
    }

    private static IEnumerable<string> SetBy(ArmTemplate main) =>
        from template in main.All()
        where template.Resources.Any(one => ArmTemplate.TypeOf(one.Resource) == "Microsoft.Web/serverfarms")
        from variable in template.Variables
        where variable.Name.EndsWith("Settings", StringComparison.Ordinal) && variable.Value.ValueKind == JsonValueKind.Object
        from setting in variable.Value.EnumerateObject()
        select setting.Name;
}
