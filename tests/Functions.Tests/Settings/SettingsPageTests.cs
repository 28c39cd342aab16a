using System.Collections;
using System.Globalization;
using System.Reflection;
using Darkroom.ModelScope;
using Darkroom.Settings;
using Darkroom.TestKit;
using Microsoft.Extensions.Configuration;

namespace Darkroom.Functions.Tests.Settings;

/// <summary>docs/settings.md is generated from the code. Run this test with DARKROOM_WRITE=1 to write the page.</summary>
public sealed class SettingsPageTests
{
    private static readonly string Page = Path.Combine(Repository.Root, "docs", "settings.md");

    [Fact]
    public void SettingsPage_GeneratedFromTheCode_MatchesTheFile()
    {
        var text = Write();
        if (Environment.GetEnvironmentVariable("DARKROOM_WRITE") == "1")
            File.WriteAllText(Page, text);
        Assert.Equal(text, File.ReadAllText(Page), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void Read_InvalidValue_NamesTheSetting()
    {
        foreach (var (property, setting) in All())
        {
            if (KindOf(property.PropertyType) is "text" or "list")
                continue;
            var configuration = new ConfigurationBuilder()
                .AddInMemoryCollection([new(setting.Name.Replace("__", ":", StringComparison.Ordinal), "nonsense")])
                .Build();
            Assert.Contains(
                setting.Name,
                Assert.Throws<InvalidOperationException>(() => DarkroomSettings.Read(configuration)).Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void DarkroomSettings_WritableProperties_AllHaveASettingAttribute() =>
        Assert.Empty(
            typeof(DarkroomSettings)
                .GetProperties()
                .Where(property => property.CanWrite && property.GetCustomAttribute<SettingAttribute>() is null)
                .Select(property => property.Name));

    private static string Write() =>
        """
        # Settings

        Set them as environment variables, under `Values` in `local.settings.json`, or as app settings in Azure. Environment variables win.
        An invalid setting stops the start; the message names it and says what is allowed. This page is generated from the code.

        | name | value | default | meaning |
        |---|---|---|---|

        """ + string.Concat(All().Select(one => $"| `{one.Setting.Name}` | {SettingsReader.Wanted(one.Property)} | {DefaultOf(one.Property)} | {one.Setting.Meaning} |\n"))
        + """

        `AzureWebJobsStorage` (a connection string), or `AzureWebJobsStorage__blobServiceUri`, `__queueServiceUri`, `__tableServiceUri`, `__credential` and
        `__clientId` (an identity), configure the storage. If `OTEL_EXPORTER_OTLP_ENDPOINT` is set, traces, metrics and logs are sent there.

        """;

    private static IEnumerable<(PropertyInfo Property, SettingAttribute Setting)> All() =>
        typeof(DarkroomSettings)
            .GetProperties()
            .Select(property => (property, property.GetCustomAttribute<SettingAttribute>()!))
            .Where(one => one.Item2 is not null);

    private static string KindOf(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var number when number == typeof(int) || number == typeof(long) => "whole number",
        var number when number == typeof(double) => "number",
        var flag when flag == typeof(bool) => "true or false",
        var text when text == typeof(string) || text == typeof(ApiToken) => "text",
        _ => "list",
    };

    private static string DefaultOf(PropertyInfo property) => property.GetValue(new DarkroomSettings()) switch
    {
        null or ApiToken => "–",
        bool flag => flag ? "`true`" : "`false`",
        IEnumerable list and not string => $"`{string.Join(",", list.Cast<object>())}`",
        IFormattable number => $"`{number.ToString(null, CultureInfo.InvariantCulture)}`",
        var text => $"`{text}`",
    };
}
