using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol.Protocol;

namespace Darkroom.Cli.Mcp.Outputs;

/// <summary>Makes results with structured content. The same JSON is the text, for clients that know only text.</summary>
internal static class ToolResults
{
    public static CallToolResult Of<T>(T output, JsonTypeInfo<T> type) => new()
    {
        StructuredContent = JsonSerializer.SerializeToElement(output, type),
        Content = [new TextContentBlock { Text = JsonSerializer.Serialize(output, type) }],
    };
}
