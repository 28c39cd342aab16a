using System.Text.RegularExpressions;
using Darkroom.Infra.Tests.Files;
using Darkroom.Infra.Tests.Templates;

namespace Darkroom.Infra.Tests.Modules;

/// <summary>
/// Finds what the compiler does not report: a Bicep file that main.bicep does not reach, and an output of a module that is not used.
/// </summary>
internal static partial class ModuleUse
{
    private const string Entry = "infra/main.bicep";

    public static IEnumerable<string> Check(Checkout checkout) =>
    [
        .. checkout.Where(path => path.EndsWith(".bicep", StringComparison.Ordinal))
            .Select(file => file.Path)
            .Except(Reached(checkout, Entry))
            .Select(path => $"{path}: no module uses this file"),
        .. ArmTemplate.Parse(checkout).All().SelectMany(UnusedOutputs),
    ];

    private static HashSet<string> Reached(Checkout checkout, string path)
    {
        var reached = new HashSet<string> { path };
        foreach (
            var target in Targets().Matches(checkout[path]).Select(match => Resolve(path, match.Groups["path"].Value)).Where(checkout.Has))
            reached.UnionWith(Reached(checkout, target));
        return reached;
    }

    private static IEnumerable<string> UnusedOutputs(ArmTemplate template)
    {
        var text = template.Json.GetRawText();
        return from module in template.Modules
               from output in module.Template.Outputs
               where !text.Contains($"reference('{module.Name}').outputs.{output.Name}.value", StringComparison.Ordinal)
               select $"{module.Template.Path}: the output \"{output.Name}\" is not used";
    }

    private static string Resolve(string from, string path)
    {
        var parts = from.Split('/')[..^1].ToList();
        foreach (var part in path.Split('/').Where(part => part != "."))
        {
            if (part == "..")
                parts.RemoveAt(parts.Count - 1);
            else
                parts.Add(part);
        }

        return string.Join('/', parts);
    }

    [GeneratedRegex(@"^module \w+ '(?<path>[^']+)'", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Targets();
}
