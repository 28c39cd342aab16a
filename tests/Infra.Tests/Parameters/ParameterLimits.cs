using System.Text.Json;
using Darkroom.Infra.Tests.Files;
using Darkroom.Infra.Tests.Templates;

namespace Darkroom.Infra.Tests.Parameters;

/// <summary>
/// Every parameter has limits, so that a wrong value fails before anything is deployed. The parameter file of azd sets exactly the
/// parameters of main.bicep. The linter checks the descriptions.
/// </summary>
internal static class ParameterLimits
{
    private const string AzdFile = "infra/main.parameters.json";

    public static IEnumerable<string> Check(Checkout checkout)
    {
        var main = ArmTemplate.Parse(checkout);
        using var document = JsonDocument.Parse(checkout[AzdFile]);
        var declared = main.Parameters.Select(parameter => parameter.Name).ToHashSet();
        var given = document.RootElement.GetProperty("parameters").EnumerateObject().Select(parameter => parameter.Name).ToHashSet();
        return
        [
            .. main.All().SelectMany(
                template =>
                    template.Parameters.Where(parameter => !HasLimits(parameter.Value)).Select(
                        parameter => $"{template.Path}: the parameter \"{parameter.Name}\" has no limits")),
            .. given.Except(declared).Select(name => $"{AzdFile}: main.bicep has no parameter \"{name}\""),
            .. declared.Except(given).Select(name => $"{AzdFile}: the parameter \"{name}\" of main.bicep cannot be set through azd"),
        ];
    }

    // A bool has two values, and an object cannot have limits. Secure strings are exempt.
    private static bool HasLimits(JsonElement parameter) =>
        parameter.TryGetProperty("allowedValues", out _) || parameter.GetProperty("type").GetString() switch
        {
            "string" or "array" => parameter.TryGetProperty("minLength", out _) || parameter.TryGetProperty("maxLength", out _),
            "int" => parameter.TryGetProperty("minValue", out _) && parameter.TryGetProperty("maxValue", out _),
            "bool" or "object" or "secureObject" or "securestring" => true,
            _ => false,
        };
}
