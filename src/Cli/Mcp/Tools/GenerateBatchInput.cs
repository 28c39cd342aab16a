using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Darkroom.Cli.Mcp.Calls;

namespace Darkroom.Cli.Mcp.Tools;

/// <summary>The arguments of <c>generate_batch</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record GenerateBatchInput
{
    [Description("The requests, each with the fields of generate_image. Give either items or matrix.")]
    public IReadOnlyList<BatchItem>? Items { get; init; }

    [Description(
        "Lists of values by field, such as {\"prompt\": [\"a cat\", \"a dog\"], \"seed\": [1, 2]}: one request for each combination.")]
    public IReadOnlyDictionary<string, JsonArray>? Matrix { get; init; }

    [Description("Fields of generate_image that all requests have, such as {\"size\": \"1024x1024\"}.")]
    public JsonObject? Defaults { get; init; }

    [Description("What to do with an invalid request: reject the whole batch (the default), or skip the request.")]
    [AllowedValues("reject", "skip")]
    public string? OnInvalid { get; init; }

    [Description("Only check the batch and estimate its credits and its time. Nothing is submitted.")]
    [JsonPropertyName("validate_only")]
    public bool? ValidateOnly { get; init; }

    [Description(
        "A text that you choose for this batch: 1 to 255 visible ASCII characters. The same key with the same arguments finds the first "
            + "batch and pays nothing. Without it every call is a new, paid batch; the answer then has the key that the server chose.")]
    [JsonPropertyName("idempotency_key")]
    public string? IdempotencyKey { get; init; }

    [Description("How many seconds to wait for the end of the batch; 0 returns its id at once. Default: 45.")]
    [Range(0, CallLimit.MaxWaitSeconds)]
    [JsonPropertyName("wait_seconds")]
    public int? WaitSeconds { get; init; }
}

/// <summary>One request of a batch.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record BatchItem : PictureRequest
{
    [JsonPropertyOrder(1)]
    [Description("Your own id of the request. It comes back in the results.")]
    public string? CustomId { get; init; }
}

/// <summary>The body of <c>POST api/batches</c>.</summary>
internal sealed record GenerateBatchBody(
    JsonObject? Defaults, IReadOnlyList<BatchItem>? Items, IReadOnlyDictionary<string, JsonArray>? Matrix);
