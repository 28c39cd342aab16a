using System.Text.RegularExpressions;
using Darkroom.Infra.Tests.Files;
using YamlDotNet.RepresentationModel;

namespace Darkroom.Infra.Tests.Workflows;

/// <summary>
/// The workflows are valid YAML, have minimal permissions, use only actions that are GitHub's own or pinned to a commit, and call only
/// scripts and commands that exist.
/// </summary>
internal static partial class GitHubWorkflows
{
    public static IEnumerable<string> Check(Checkout checkout) =>
        checkout.Where(
            path =>
                path.StartsWith(".github/workflows/", StringComparison.Ordinal)).SelectMany(file =>
                    Violations(file.Path, file.Text, checkout));

    private static IEnumerable<string> Violations(string path, string text, Checkout checkout)
    {
        if (!Yaml.TryRead(text, out var workflow, out var problem))
            return [$"{path}: {problem}"];
        return
        [
            .. IsReadOnly(workflow.Get("permissions")) ? (string[])[] : [$"{path}: permissions must be given at the top, for reading only"],
            .. workflow.Get("jobs").Entries().SelectMany(job => JobViolations($"{path}: {job.Key}", job.Value, checkout)),
        ];
    }

    private static bool IsReadOnly(YamlNode? permissions) =>
        permissions is YamlMappingNode && permissions.Entries().All(one => one.Value.Text() is "read" or "none");

    private static IEnumerable<string> JobViolations(string where, YamlNode job, Checkout checkout) =>
    [
        .. job.Get("timeout-minutes") is null ? (string[])[$"{where}: has no timeout-minutes"] : [],
        .. job.Get("permissions") is YamlScalarNode ? (string[])[$"{where}: permissions must be named one by one"] : [],
        .. job.Get("steps")
            .Items()
            .SelectMany(step => ActionViolations(where, step).Concat(ScriptViolations(where, step.Get("run").Text() ?? "", checkout))),
    ];

    private static IEnumerable<string> ActionViolations(string where, YamlNode step)
    {
        if (step.Get("uses").Text() is not { } action)
            return [];
        return
        [
            .. Trusted().IsMatch(action) ? (string[])[] : [$"{where}: {action} must be pinned to a commit"],
            .. action.StartsWith("actions/checkout@", StringComparison.Ordinal)
                && step.Get("with").Get("persist-credentials").Text() != "false"
                ? (string[])[$"{where}: checkout must not leave its credentials behind"] : [],
        ];
    }

    private static IEnumerable<string> ScriptViolations(string where, string script, Checkout checkout)
    {
        var commands = Commands().Matches(checkout["docs/cli.md"]).Select(match => match.Groups["name"].Value).Append("help").ToHashSet();
        return
        [
            .. Calls()
                .Matches(script)
                .Select(match => match.Groups["name"])
                .Where(name => name.Success && !commands.Contains(name.Value))
                .Select(name => $"{where}: there is no ./darkroom {name.Value}"),
            .. Scripts()
                .Matches(script)
                .Select(match => match.Groups["path"].Value)
                .Where(path => !checkout.Has(path))
                .Select(path => $"{where}: there is no {path}"),
            .. Injected().IsMatch(script) ? (string[])[$"{where}: a script must read secrets and outside text from env"] : [],
        ];
    }

    [GeneratedRegex(
        @"^((actions|github)/[\w./-]+@v\d+|[\w./-]+@[0-9a-f]{40})$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Trusted();

    // The commands of docs/cli.md, which is made from the commands themselves.
    [GeneratedRegex(@"^## (?<name>\w+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Commands();

    [GeneratedRegex(@"(?<![\w/.])\./darkroom([ \t]+(?<name>\w+))?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Calls();

    [GeneratedRegex(@"(?<![\w/.])(?<path>\.ci/[\w-]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Scripts();

    [GeneratedRegex(
        @"\$\{\{\s*(github\.(event|head_ref)|inputs\.|secrets\.)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Injected();
}
