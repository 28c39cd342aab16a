using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;

namespace Darkroom.Cli.Tests.Mcp;

/// <summary>Makes tool calls, and reads their results.</summary>
internal static class Calls
{
    /// <summary>A call with the properties of <paramref name="arguments"/>, or with its JSON if it is a string.</summary>
    public static CallToolRequestParams Of(string tool, object arguments) => new()
    {
        Name = tool,
        Arguments = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(
            arguments is string json ? json : JsonSerializer.Serialize(arguments)),
    };

    public static string Text(this CallToolResult result) =>
        string.Join('\n', result.Content.OfType<TextContentBlock>().Select(block => block.Text));

    public static JsonNode Structured(this CallToolResult result) => JsonNode.Parse(result.StructuredContent!.Value.GetRawText())!;
}
