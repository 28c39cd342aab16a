using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Darkroom.Cli.Develop;
using Darkroom.Cli.Server;

namespace Darkroom.Cli.Azure;

/// <summary>
/// The parameters of infra/main.bicep that variables set, as azd reads them. azd replaces a number or a switch that it cannot read by the
/// default, and says nothing.
/// </summary>
internal sealed partial class DeploymentSettings
{
    private readonly List<Setting> _settings;
    private readonly Func<string, string?> _variable;

    /// <param name="bicep">The text of main.bicep.</param>
    /// <param name="parameters">The text of main.parameters.json.</param>
    /// <param name="variable">Reads a variable; null if it is not set.</param>
    public DeploymentSettings(string bicep, string parameters, Func<string, string?> variable)
    {
        _variable = variable;
        var declared = Declaration.Matches(bicep).ToDictionary(match => match.Groups["name"].Value, StringComparer.Ordinal);
        _settings = [
            .. from parameter in VariablesOf(parameters)
               let value = variable(parameter.Variable)
               where value is not null && declared.ContainsKey(parameter.Name)
               let declaration = declared[parameter.Name]
               select new Setting(
                   parameter.Name, parameter.Variable, declaration.Groups["type"].Value, declaration.Groups["default"].Value, value)];
    }

    /// <summary>The settings of the checkout.</summary>
    public static DeploymentSettings Of(CommandEnvironment environment)
    {
        var infra = Path.Combine(SourceFolder.Find(), "infra");
        return new DeploymentSettings(
            File.ReadAllText(Path.Combine(infra, "main.bicep")),
            File.ReadAllText(Path.Combine(infra, "main.parameters.json")),
            environment.Variable);
    }

    /// <summary>What is wrong with the variables, a sentence for each.</summary>
    public IEnumerable<string> Problems() =>
        from setting in _settings
        let problem = ProblemOf(setting.Type, setting.Default, setting.Value)
        where problem is not null
        select problem.With(setting.Variable, setting.Value, _variable("AZURE_ENV_NAME"));

    /// <summary>A parameter file for the Azure CLI, with the parameters that are set.</summary>
    public string ToParameterFile()
    {
        var parameters = new JsonObject();
        foreach (var setting in _settings)
            parameters[setting.Name] = new JsonObject { ["value"] = ValueOf(setting) };
        return new JsonObject
        {
            ["$schema"] = "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#",
            ["contentVersion"] = "1.0.0.0",
            ["parameters"] = parameters,
        }.ToJsonString(CliJson.Written.Options);
    }

    private static JsonNode? ValueOf(Setting setting) => setting.Type switch
    {
        "bool" => AzdSwitch.Read(setting.Value),
        "int" => long.Parse(setting.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
        "string" => setting.Value,
        _ => JsonNode.Parse(setting.Value),
    };

    private static string? ProblemOf(string type, string byDefault, string value) => type switch
    {
        "bool" => AzdSwitch.Read(value) is not null ? null : AzureWords.SettingNotBoolean,
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
               let match = VariableReference.Match(parameter.Value.GetProperty("value").GetString() ?? "")
               where match.Success
               select (parameter.Name, match.Groups["name"].Value)];
    }

    [GeneratedRegex(
        @"^param (?<name>\w+) (?<type>bool|int|string|\{[^\n}]*\})( = (?<default>[^\n]*))?$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Declaration { get; }

    [GeneratedRegex(@"^\$\{(?<name>\w+)\}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VariableReference { get; }

    private sealed record Setting(string Name, string Variable, string Type, string Default, string Value);
}
