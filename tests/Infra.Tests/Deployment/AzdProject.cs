using System.Text.RegularExpressions;
using Darkroom.Infra.Tests.Files;
using Darkroom.Infra.Tests.Templates;
using YamlDotNet.RepresentationModel;

namespace Darkroom.Infra.Tests.Deployment;

/// <summary>
/// azure.yaml, the steps that azd runs and main.bicep are consistent: each service has a resource, each step is a command that exists, the
/// same on Windows and elsewhere, and the steps read only variables that azd sets and write exactly the secrets that the app reads.
/// </summary>
internal static partial class AzdProject
{
    private const string Path = "azure.yaml";
    private const string Steps = "src/Cli/Azure/";

    // azd sets the first three. The others are for the steps alone: the user sets them.
    private static readonly string[] FromOutside = [
        "AZURE_SUBSCRIPTION_ID", "AZURE_ENV_NAME", "AZURE_LOCATION", "DARKROOM_NEW_TOKEN", "DARKROOM_INSIDE_NETWORK",
        "DARKROOM_PAUSE_FOR_DEPLOYMENT"];

    public static IEnumerable<string> Check(Checkout checkout)
    {
        if (!Yaml.TryRead(checkout[Path], out var azure, out var problem))
            return [$"{Path}: {problem}"];

        var services = azure.Get("services").Entries().Select(service => service.Key).ToList();
        var hooks = Hooks(azure).ToList();
        return
        [
            .. services.Where(
                service => !checkout[Checkout.CompiledTemplate].Contains($"'azd-service-name', '{service}'", StringComparison.Ordinal))
                .Select(service => $"{Path}: no resource has the tag azd-service-name \"{service}\""),
            .. services.Count == 0 || hooks.Count == 0 ? (string[])[$"{Path}: there must be a service and a hook"] : [],
            .. hooks.SelectMany(hook => HookViolations(hook.Name, hook.Hook, checkout)),
            .. VariableViolations(checkout),
            .. SecretViolations(checkout),
        ];
    }

    /// <summary>The steps of each hook, in order.</summary>
    internal static IEnumerable<(string Name, YamlNode Hook)> Hooks(YamlMappingNode azure) =>
        from hook in azure.Get("hooks").Entries()
        from step in hook.Value is YamlSequenceNode ? hook.Value.Items() : [hook.Value]
        select (hook.Key, step);

    private static IEnumerable<string> HookViolations(string name, YamlNode hook, Checkout checkout)
    {
        var (posix, windows) = (hook.Get("posix").Get("run").Text() ?? "", hook.Get("windows").Get("run").Text() ?? "");
        var commands = Commands().Matches(checkout["docs/cli.md"])
            .Select(match => $"./darkroom azure {match.Groups["name"].Value}")
            .ToHashSet();
        return
        [
            .. commands.Contains(posix) ? (string[])[] : [$"{Path}: {name} calls \"{posix}\", which does not exist"],
            .. windows == posix.Replace("./darkroom ", "./darkroom.cmd ", StringComparison.Ordinal)
                ? (string[])[] : [$"{Path}: {name} calls \"{windows}\" on Windows, and \"{posix}\" elsewhere"],
        ];
    }

    private static IEnumerable<string> VariableViolations(Checkout checkout)
    {
        var known = ArmTemplate.Parse(checkout).Outputs.Select(output => output.Name)
            .Concat(Variables().Matches(checkout["infra/main.parameters.json"]).Select(match => match.Groups["name"].Value))
            .Concat(FromOutside)
            .ToHashSet();
        return from file in checkout.Where(path => path.StartsWith(Steps, StringComparison.Ordinal))
               from match in ReadVariables().Matches(file.Text)
               where !known.Contains(match.Groups["name"].Value)
               select $"{file.Path}:{Checkout.LineOf(file.Text, match.Index)}: azd does not set {match.Groups["name"].Value}";
    }

    private static IEnumerable<string> SecretViolations(Checkout checkout)
    {
        var needed = References().Matches(checkout[Checkout.CompiledTemplate]).Select(match => match.Groups["name"].Value).ToHashSet();
        var path = $"{Steps}SecretsCommand.cs";
        var written = WrittenSecrets().Matches(checkout[path]).Select(match => match.Groups["name"].Value).ToHashSet();
        return
        [
            .. needed.Except(written).Select(secret => $"{path}: does not write the secret {secret}, which the app reads"),
            .. written.Except(needed).Select(secret => $"{path}: writes the secret {secret}, which the app does not read"),
        ];
    }

    [GeneratedRegex(@"^### azure (?<name>\w+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Commands();

    [GeneratedRegex(@"\$\{(?<name>\w+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variables();

    [GeneratedRegex(@"""(?<name>(AZURE|DARKROOM)_[A-Z_]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ReadVariables();

    [GeneratedRegex(@"Name = ""(?<name>[a-z-]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WrittenSecrets();

    [GeneratedRegex(@"SecretName=(?<name>[a-z-]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex References();
}
