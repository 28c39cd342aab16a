using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;

namespace Darkroom.Cli.Mcp;

/// <summary>Makes the JSON Schema of a record. Descriptions and limits come from the attributes of its properties.</summary>
internal static class ToolSchema
{
    private static readonly AIJsonSchemaCreateOptions Options = new() { TransformSchemaNode = (_, node) => WithoutNull(node) };

    public static JsonElement Of(JsonTypeInfo type) =>
        AIJsonUtilities.CreateJsonSchema(type.Type, serializerOptions: type.Options, inferenceOptions: Options);

    // Optional values are left out, never null. Some clients do not support a list of types.
    private static JsonNode WithoutNull(JsonNode node)
    {
        if (node is JsonObject schema && schema["type"] is JsonArray types
                && types.Select(type => (string)type!).Where(type => type != "null").ToArray() is [var only])
            schema["type"] = only;
        return node;
    }
}
