using System.Text.Json;
using System.Text.RegularExpressions;
using Darkroom.Infra.Tests.Files;
using Darkroom.Infra.Tests.Templates;

namespace Darkroom.Infra.Tests.Secrets;

/// <summary>The committed files of the deployment contain nothing that is a secret or looks like one.</summary>
internal static partial class CommittedSecrets
{
    private static readonly string[] Watched = ["infra/", ".github/", ".ci/", "azure.yaml", "host.json", "local.settings.sample.json"];

    public static IEnumerable<string> Check(Checkout checkout) =>
    [
        .. from file in checkout.Where(
            path => path != Checkout.CompiledTemplate && Watched.Any(start => path.StartsWith(start, StringComparison.Ordinal)))
           from shape in SecretShapes.All
           from match in shape.Pattern.Matches(file.Text)
           select $"{file.Path}:{Checkout.LineOf(file.Text, match.Index)}: looks like {shape.Name}",
        .. ArmTemplate.Parse(checkout).All().SelectMany(PlainValues),
    ];

    // A parameter or property with the name of a secret must not have a literal value. In the template, expressions begin with a bracket.
    private static IEnumerable<string> PlainValues(ArmTemplate template) =>
    [
        .. template.Parameters.Where(
            parameter =>
                Telling().IsMatch(parameter.Name) && parameter.Value.TryGetProperty("defaultValue", out var value) && IsPlain(value))
            .Select(parameter => $"{template.Path}: the parameter {parameter.Name} has its value in the template"),
        .. JsonWalk.Properties(template.Json).Where(property => Telling().IsMatch(property.Name) && IsPlain(property.Value))
            .Select(property => $"{template.Path}: {property.Name} has its value in the template"),
    ];

    private static bool IsPlain(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text && !text.StartsWith('[');

    [GeneratedRegex(
        "(password|passwd|secret|apikey|accesskey|_key|token)$",
            RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
            matchTimeoutMilliseconds: 1000)]
    private static partial Regex Telling();
}
