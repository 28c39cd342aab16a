using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Darkroom.Cli.Mcp.Calls;

/// <summary>Reads the arguments of a call: first the check against the schema, then the typed form.</summary>
internal static class ToolArguments
{
    /// <summary>Returns the typed arguments. An argument that is null counts as omitted.</summary>
    /// <exception cref="CommandException">Arguments are wrong; the message has one line for each of them.</exception>
    public static T Read<T>(IDictionary<string, JsonElement>? given, JsonElement schema, JsonTypeInfo<T> type)
        where T : class
    {
        var arguments = new JsonObject();
        foreach (var (name, value) in given ?? new Dictionary<string, JsonElement>())
        {
            if (value.ValueKind != JsonValueKind.Null)
                arguments[name] = JsonNode.Parse(value.GetRawText());
        }

        var problems = SchemaCheck.Problems(JsonSerializer.SerializeToElement(arguments, McpJson.Readable.JsonObject), schema);
        if (problems.Count > 0)
            throw Wrong(problems);
        try
        {
            return arguments.Deserialize(type) ?? throw Wrong([]);
        }
        catch (JsonException exception)
        {
            throw Wrong([$"{exception.Path?.TrimStart('$', '.')}: Cannot be read as the type in the schema of this tool."]);
        }
    }

    private static CommandException Wrong(IReadOnlyList<string> problems) => CommandException.Usage(
        string.Join('\n', [.. problems, "Nothing was submitted. Correct the arguments and call again."]));
}
