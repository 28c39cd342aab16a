using System.Text.RegularExpressions;
using Darkroom.Infra.Tests.Files;

namespace Darkroom.Infra.Tests.Telemetry;

/// <summary>
/// The queries of the alerts and the workbook use only metrics and tags that the app emits, and every metric of the app is shown.
/// Tables/metrics.json lists the tags of each metric.
/// </summary>
internal static partial class Metrics
{
    public static IEnumerable<string> Check(Checkout checkout)
    {
        var known = Table.Read<Dictionary<string, string[]>>("metrics");
        var asking = checkout.Where(
            path => path.EndsWith(".kql", StringComparison.Ordinal) || path.EndsWith("/workbook.json", StringComparison.Ordinal)).ToList();
        var asked = Found(asking, Names());
        var tags = known.Values.SelectMany(tags => tags).ToHashSet();
        var emitted = Found(checkout.Where(path => path.EndsWith(".cs", StringComparison.Ordinal)), Instruments())
            .Select(one => one.Name)
            .ToHashSet();
        return
        [
            .. asked.Where(one => !known.ContainsKey(one.Name)).Select(one => $"{one.Place}: there is no metric {one.Name}"),
            .. Found(asking, Tags()).Where(one => !tags.Contains(one.Name)).Select(one => $"{one.Place}: there is no tag {one.Name}"),
            .. known.Keys.Except(asked.Select(one => one.Name)).Select(name => $"infra/monitoring: nothing shows the metric {name}"),
            .. emitted.Except(known.Keys).Select(name => $"Tables/metrics.json: the code emits {name}, which is not in the table"),
            .. known.Keys.Except(emitted).Select(name => $"src/Functions: the code does not emit {name}"),
        ];
    }

    private static List<(string Place, string Name)> Found(IEnumerable<(string Path, string Text)> files, Regex pattern) =>
    [
        .. from file in files
           from match in pattern.Matches(file.Text)
           select ($"{file.Path}:{Checkout.LineOf(file.Text, match.Index)}", match.Groups["name"].Value),
    ];

    [GeneratedRegex(@"(?<name>darkroom\.[a-z.]*[a-z])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Names();

    [GeneratedRegex(@"customDimensions\['(?<name>\w+)'\]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tags();

    [GeneratedRegex(
        @"\bCreate\w+(<\w+>)?\(\s*""(?<name>darkroom\.[a-z.]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Instruments();
}
