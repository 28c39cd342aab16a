using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Darkroom.ModelScope.Requests;

namespace Darkroom.Requests;

/// <summary>
/// The one written form of a request: what two callers mean alike is written alike. It is kept with the job, shown to whoever asks, and its
/// hash tells whether two requests are the same.
/// </summary>
public static class CanonicalRequest
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes <paramref name="request"/>; <see cref="Read"/> gives it back.</summary>
    public static string Write(JobRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var upstream = (JsonObject)JsonNode.Parse(ImageRequestBody.Write(request.Image with { Extra = Nothing }))!;
        if (request.Image.Extra.Count > 0)
            upstream["extra"] = new JsonObject(
                request.Image.Extra.OrderBy(field => field.Key, StringComparer.Ordinal).Select(
                    field => KeyValuePair.Create(field.Key, JsonNode.Parse(field.Value.GetRawText()))));
        if (request.Count != 1)
            upstream["count"] = request.Count;
        if (request.Name is { } name)
            upstream["name"] = name;
        if (request.Tags.Count > 0)
            upstream["tags"] = new JsonArray([.. request.Tags.Select(tag => (JsonNode)tag)]);
        if (request.Priority == Lane.Bulk)
            upstream["priority"] = "bulk";
        if (request.DeadlineSeconds is { } deadline)
            upstream["deadlineSeconds"] = deadline;
        if (request.ExpiresInSeconds != JobRequest.DefaultExpirySeconds)
            upstream["expiresInSeconds"] = request.ExpiresInSeconds;
        if (request.FailsWithoutCredits)
            upstream["onCreditsExhausted"] = "fail";
        if (request.ReusesIdentical)
            upstream["reuse"] = "identical";

        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Plain))
            upstream.WriteTo(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static JobRequest Read(string text)
    {
        using var json = JsonDocument.Parse(text);
        // It was valid when it was written, and its model is in it.
        return RequestRules.Read(json.RootElement, ImageRequest.DefaultModel).Request
            ?? throw new InvalidOperationException("A stored request does not pass the rules any more.");
    }

    /// <summary>Tells whether two requests are the same in every respect.</summary>
    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>Tells whether two tasks would make the same picture: only what goes upstream counts.</summary>
    public static string ContentHash(ImageRequest image) => Convert.ToHexStringLower(SHA256.HashData(ImageRequestBody.Write(image)));

    private static readonly Dictionary<string, JsonElement> Nothing = [];
}
