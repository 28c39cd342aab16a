using System.Text.RegularExpressions;
using Darkroom.Infra.Tests.Files;
using Darkroom.Infra.Tests.Templates;

namespace Darkroom.Infra.Tests.Deployment;

/// <summary>
/// azure.yaml, its hooks and main.bicep are consistent: each service has a resource, each hook has a script for Windows and for POSIX, and
/// a script reads only outputs of the deployment and writes exactly the secrets that the app reads.
/// </summary>
internal static partial class AzdProject
{
    private const string Path = "azure.yaml";

    // azd sets the first three. A user or a pipeline sets the last one for one run.
    private static readonly string[] FromOutside = ["AZURE_SUBSCRIPTION_ID", "AZURE_ENV_NAME", "AZURE_LOCATION", "DARKROOM_NEW_TOKEN"];

    public static IEnumerable<string> Check(Checkout checkout)
    {
        if (!Yaml.TryRead(checkout[Path], out var azure, out var problem))
            return [$"{Path}: {problem}"];

        var services = azure.Get("services").Entries().Select(service => service.Key).ToList();
        var scripts = (from hook in azure.Get("hooks").Entries()
                       from system in (string[])["windows", "posix"]
                       select (
                           Hook: hook.Key,
                           System: system,
                           Script: (hook.Value.Get(system).Get("run").Text() ?? "").Replace("./", "", StringComparison.Ordinal))).ToList();
        return
        [
            .. services.Where(
                service => !checkout[Checkout.CompiledTemplate].Contains($"'azd-service-name', '{service}'", StringComparison.Ordinal))
                .Select(service => $"{Path}: no resource has the tag azd-service-name \"{service}\""),
            .. services.Count == 0 || scripts.Count == 0 ? (string[])[$"{Path}: there must be a service and a hook"] : [],
            .. scripts.Where(one => !checkout.Has(one.Script)).Select(
                one => $"{Path}: {one.Hook} has no script for {one.System} ({one.Script})"),
            .. scripts.Where(one => checkout.Has(one.Script)).SelectMany(one => ScriptViolations(checkout, one.Script)),
        ];
    }

    private static IEnumerable<string> ScriptViolations(Checkout checkout, string path)
    {
        var text = checkout[path];
        var outputs = ArmTemplate.Parse(checkout).Outputs.Select(output => output.Name).Concat(FromOutside).ToHashSet();
        var needed = SecretReferences()
            .Matches(checkout[Checkout.CompiledTemplate])
            .Select(match => match.Groups["name"].Value)
            .ToHashSet();
        var written = WrittenSecrets().Matches(text).Select(match => match.Groups["name"].Value).ToHashSet();
        return
        [
            .. Variables().Matches(text).Where(match => !outputs.Contains(match.Groups["name"].Value))
                .Select(match => $"{path}:{Checkout.LineOf(text, match.Index)}: main.bicep has no output {match.Groups["name"].Value}"),
            .. needed.Except(written).Select(secret => $"{path}: does not write the secret {secret}, which the app reads"),
            .. written.Except(needed).Select(secret => $"{path}: writes the secret {secret}, which the app does not read"),
        ];
    }

    [GeneratedRegex(@"(\$\{|\$env:|\$)(?<name>(AZURE|DARKROOM)_[A-Z_]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variables();

    [GeneratedRegex(@"(put_secret|Set-Secret) '?(?<name>[a-z-]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WrittenSecrets();

    [GeneratedRegex(@"SecretName=(?<name>[a-z-]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SecretReferences();
}
