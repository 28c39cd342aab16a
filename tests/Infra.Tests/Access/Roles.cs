using System.Text.Json;
using System.Text.RegularExpressions;
using Darkroom.Infra.Tests.Files;
using Darkroom.Infra.Tests.Templates;

namespace Darkroom.Infra.Tests.Access;

/// <summary>
/// The GUID of a role is in a variable that has the name of the role (Tables/roles.json), because a GUID alone is not readable. The name
/// of a role assignment contains the role, so that two assignments never have the same name.
/// </summary>
internal static partial class Roles
{
    public static IEnumerable<string> Check(Checkout checkout)
    {
        var known = Table.Read<Dictionary<string, string>>("roles");
        var templates = ArmTemplate.Parse(checkout).All().ToList();
        var used = templates.SelectMany(template => RoleVariables(template)).Select(variable => variable.Value.GetString()).ToHashSet();
        return
        [
            .. templates.SelectMany(
                template => RoleVariables(template).Select(variable => VariableViolation(template.Path, variable, known))).OfType<string>(),
            .. templates.SelectMany(
                template => Assignments(template).Select(assignment => AssignmentViolation(template, assignment))).OfType<string>(),
            .. known.Where(role => !used.Contains(role.Value)).Select(
                role => $"Tables/roles.json: no variable has the role \"{role.Key}\""),
        ];
    }

    private static IEnumerable<JsonProperty> RoleVariables(ArmTemplate template) =>
        template.Variables.Where(
            variable => variable.Value.ValueKind == JsonValueKind.String && Guid.TryParse(variable.Value.GetString(), out _));

    private static IEnumerable<JsonElement> Assignments(ArmTemplate template) =>
        template.Resources.Select(one => one.Resource).Where(
            resource => ArmTemplate.TypeOf(resource) == "Microsoft.Authorization/roleAssignments");

    private static string? VariableViolation(string path, JsonProperty variable, Dictionary<string, string> known)
    {
        var role = known.FirstOrDefault(role => role.Value == variable.Value.GetString()).Key;
        return role is null ? $"{path}: {variable.Value} is not in the table of roles"
            : CamelCase(role) != variable.Name ? $"{path}: {variable.Value} is \"{role}\", and the variable is called {variable.Name}"
            : null;
    }

    private static string? AssignmentViolation(ArmTemplate template, JsonElement assignment)
    {
        var roles = RoleVariables(template).Select(variable => variable.Name).ToHashSet();
        var assigned = Mentioned(assignment.GetProperty("properties").GetProperty("roleDefinitionId"), roles);
        if (assigned is not [var role])
            return $"{template.Path}: an assignment does not name one role: "
                + $"{assignment.GetProperty("properties").GetProperty("roleDefinitionId")}";
        return Mentioned(assignment.GetProperty("name"), roles).Contains(role)
            ? null
            : $"{template.Path}: the name of the assignment of {role} does not contain the role";
    }

    private static List<string> Mentioned(JsonElement expression, HashSet<string> roles) =>
        [.. Variables().Matches(expression.GetString()!).Select(match => match.Groups["name"].Value).Where(roles.Contains)];

    private static string CamelCase(string role) => char.ToLowerInvariant(role[0]) + role[1..].Replace(" ", "", StringComparison.Ordinal);

    [GeneratedRegex(@"variables\('(?<name>\w+)'\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variables();
}
