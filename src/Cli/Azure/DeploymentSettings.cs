using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Darkroom.Cli.Azure;

/// <summary>
/// Checks the variables that azd passes to infra/main.bicep. azd replaces a number or a switch that it cannot read by the default, and
/// says nothing.
/// </summary>
internal static partial class DeploymentSettings
{
    /// <summary>What is wrong with the variables, a sentence for each.</summary>
    /// <param name="bicep">The text of main.bicep.</param>
    /// <param name="parameters">The text of main.parameters.json.</param>
    /// <param name="variable">Reads a variable; null if it is not set.</param>
    public static IEnumerable<string> Problems(string bicep, string parameters, Func<string, string?> variable)
    {
        var declared = Declaration.Matches(bicep).ToDictionary(match => match.Groups["name"].Value, StringComparer.Ordinal);
        return from parameter in VariablesOf(parameters)
               let value = variable(parameter.Variable)
               where value is not null && declared.ContainsKey(parameter.Name)
               let declaration = declared[parameter.Name]
               let problem = ProblemOf(declaration.Groups["type"].Value, declaration.Groups["default"].Value, value)
               where problem is not null
               select problem.With(parameter.Variable, value, variable("AZURE_ENV_NAME"));
    }

    private static string? ProblemOf(string type, string byDefault, string value) => type switch
    {
        "bool" => bool.TryParse(value, out _) || value is "1" or "0" ? null : AzureWords.SettingNotBoolean,
        "int" => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            ? null : AzureWords.SettingNotNumber,
        "string" => value.Length == 0 && byDefault.Trim() is not ("" or "''") ? AzureWords.SettingEmpty : null,
        _ => IsObjectOfTexts(value) ? null : AzureWords.SettingNotObject,
    };

    private static bool IsObjectOfTexts(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.EnumerateObject().All(property => property.Value.ValueKind == JsonValueKind.String);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static IEnumerable<(string Name, string Variable)> VariablesOf(string parameters)
    {
        using var document = JsonDocument.Parse(parameters);
        return [
            .. from parameter in document.RootElement.GetProperty("parameters").EnumerateObject()
               let match = Variable.Match(parameter.Value.GetProperty("value").GetString() ?? "")
               where match.Success
               select (parameter.Name, match.Groups["name"].Value)];
    }

    [GeneratedRegex(
        @"^param (?<name>\w+) (?<type>bool|int|string|\{[^\n}]*\})( = (?<default>[^\n]*))?$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Declaration { get; }

    [GeneratedRegex(@"^\$\{(?<name>\w+)\}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable { get; }
}
