using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Darkroom.Cli.Mcp.Outputs;
using Darkroom.Cli.Mcp.Tools;

namespace Darkroom.Cli.Mcp;

/// <summary>The JSON types of the tools: their arguments, their structured results, and the bodies that they send.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(PictureRequest))]
[JsonSerializable(typeof(GenerateImageInput))]
[JsonSerializable(typeof(GetImageInput))]
[JsonSerializable(typeof(ListImagesInput))]
[JsonSerializable(typeof(GenerateBatchInput))]
[JsonSerializable(typeof(GenerateBatchBody))]
[JsonSerializable(typeof(GetUsageInput))]
[JsonSerializable(typeof(ImageOutput))]
[JsonSerializable(typeof(ImageListOutput))]
[JsonSerializable(typeof(BatchOutput))]
[JsonSerializable(typeof(UsageOutput))]
internal sealed partial class McpJson : JsonSerializerContext
{
    /// <summary>The context to use. Non-ASCII text is not escaped, so that Chinese stays readable.</summary>
    public static McpJson Readable { get; } = new(
        new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            NumberHandling = JsonNumberHandling.Strict,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            RespectNullableAnnotations = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });
}
