using System.Globalization;
using System.Reflection;
using Darkroom.ModelScope;
using Darkroom.Settings;
using Darkroom.TestKit;
using Microsoft.Extensions.Configuration;

namespace Darkroom.Functions.Tests.Settings;

/// <summary>docs/settings.md is made from the code. Run with DARKROOM_WRITE=1 it is written anew.</summary>
public sealed class SettingsPageTests
{
    private static readonly string Page = Path.Combine(Repository.Root, "docs", "settings.md");

    [Fact]
    public void The_page_says_what_the_code_reads()
    {
        var text = Write();
        if (Environment.GetEnvironmentVariable("DARKROOM_WRITE") == "1")
            File.WriteAllText(Page, text);
        Assert.Equal(text, File.ReadAllText(Page), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void Every_setting_of_the_page_is_read_and_a_wrong_one_is_named()
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
    public void Every_property_is_a_setting() =>
        Assert.Empty(
            typeof(DarkroomSettings)
                .GetProperties()
                .Where(property => property.CanWrite && property.GetCustomAttribute<SettingAttribute>() is null)
                .Select(property => property.Name));

    private static string Write() =>
        """
        # Settings

        In the environment, among `Values` in `local.settings.json`, or as app settings in Azure: the environment wins. A setting that cannot be
        stops the start with its name and what it may be. This page is made from the code.

        | name | type | default | meaning |
        |---|---|---|---|

        """ + string.Concat(All().Select(one => $"| `{one.Setting.Name}` | {KindOf(one.Property.PropertyType)} | {DefaultOf(one.Property)} | {one.Setting.Meaning} |\n"))
        + """

        `AzureWebJobsStorage` (a connection string), or `AzureWebJobsStorage__blobServiceUri`, `__queueServiceUri`, `__tableServiceUri`, `__credential` and
        `__clientId` (an identity), say where the storage is. With `OTEL_EXPORTER_OTLP_ENDPOINT` set, traces, metrics and logs go there.

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
        IReadOnlyList<string> list => $"`{string.Join(",", list)}`",
        IFormattable number => $"`{number.ToString(null, CultureInfo.InvariantCulture)}`",
        var text => $"`{text}`",
    };
}
