using System.Text.Json;

namespace Darkroom.Cli.Mcp.Calls;

/// <summary>
/// Checks a value against the part of JSON Schema that the tools use: types, required and unknown properties, and the limits of numbers.
/// The server checks the values; this check finds what could not be sent.
/// </summary>
internal static class SchemaCheck
{
    /// <summary>One sentence for each problem, which begins with the path of the argument.</summary>
    public static List<string> Problems(JsonElement value, JsonElement schema)
    {
        var problems = new List<string>();
        Check("", value, schema, problems);
        return problems;
    }

    private static void Check(string path, JsonElement value, JsonElement schema, List<string> problems)
    {
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("type", out var type))
            return;
        switch (type.GetString())
        {
            case "object" when value.ValueKind == JsonValueKind.Object:
                CheckProperties(path, value, schema, problems);
                break;
            case "array" when value.ValueKind == JsonValueKind.Array:
                foreach (var (index, item) in value.EnumerateArray().Index())
                    Check($"{path}[{index}]", item, schema.TryGetProperty("items", out var items) ? items : default, problems);
                break;
            case "integer" when value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _):
            case "number" when value.ValueKind == JsonValueKind.Number:
                CheckRange(path, value.GetDouble(), schema, problems);
                break;
            case "string" when value.ValueKind == JsonValueKind.String:
            case "boolean" when value.ValueKind is JsonValueKind.True or JsonValueKind.False:
                break;
            case var expected:
                problems.Add($"{path}: Must be {Named(expected)}, but is {Named(value)}.");
                break;
        }
    }

    private static void CheckProperties(string path, JsonElement value, JsonElement schema, List<string> problems)
    {
        var prefix = path.Length == 0 ? "" : $"{path}.";
        var known = schema.TryGetProperty("properties", out var properties) ? properties : default;
        var other = schema.TryGetProperty("additionalProperties", out var additional) ? additional : default;
        foreach (var property in value.EnumerateObject())
        {
            if (known.ValueKind == JsonValueKind.Object && known.TryGetProperty(property.Name, out var expected))
                Check(prefix + property.Name, property.Value, expected, problems);
            else if (other.ValueKind == JsonValueKind.False)
                problems.Add($"{prefix}{property.Name}: Is not an argument. The arguments are {Names(known)}.");
            else
                Check(prefix + property.Name, property.Value, other, problems);
        }

        if (!schema.TryGetProperty("required", out var required))
            return;
        foreach (var name in required.EnumerateArray().Select(name => name.GetString()!))
        {
            if (!value.TryGetProperty(name, out _))
                problems.Add($"{prefix}{name}: Is required.");
        }
    }

    private static void CheckRange(string path, double value, JsonElement schema, List<string> problems)
    {
        if (schema.TryGetProperty("minimum", out var min) && value < min.GetDouble())
            problems.Add($"{path}: Must be at least {min}, but is {value}.");
        if (schema.TryGetProperty("maximum", out var max) && value > max.GetDouble())
            problems.Add($"{path}: Must be at most {max}, but is {value}.");
    }

    private static string Names(JsonElement properties) =>
        string.Join(", ", properties.EnumerateObject().Select(property => property.Name));

    private static string Named(string? type) => type switch
    {
        "integer" => "a whole number",
        "array" or "object" => $"an {type}",
        _ => $"a {type}",
    };

    private static string Named(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => $"the number {value}",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        JsonValueKind.Null => "null",
        JsonValueKind.Object or JsonValueKind.Array => $"an {value.ValueKind.ToString().ToLowerInvariant()}",
        _ => "a string",
    };
}
