using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Darkroom.Cli.Mcp.Calls;

namespace Darkroom.Cli.Mcp.Tools;

/// <summary>The arguments of <c>generate_image</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record GenerateImageInput : PictureRequest
{
    [Description(
        "A text that you choose for this picture: 1 to 255 visible ASCII characters. The same key with the same arguments finds the first "
            + "job and pays nothing. Without it every call is a new, paid job; the answer then has the key that the server chose.")]
    [JsonPropertyName("idempotency_key")]
    [JsonPropertyOrder(1)]
    public string? IdempotencyKey { get; init; }

    [Description("How many seconds to wait for the pictures; 0 returns the job at once. Default: 45.")]
    [Range(0, CallLimit.MaxWaitSeconds)]
    [JsonPropertyName("wait_seconds")]
    [JsonPropertyOrder(1)]
    public int? WaitSeconds { get; init; }
}
