using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Darkroom.ModelScope.Requests;

namespace Darkroom.Requests;

/// <summary>
/// The canonical JSON of a request: requests with the same meaning have the same text. It is stored with the job, and the API returns it
/// with secrets masked. Its hash shows whether two requests are the same.
/// </summary>
public static class CanonicalRequest
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes <paramref name="request"/> so that <see cref="Read"/> returns an equal one.</summary>
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
        if (request.Webhook is { } webhook)
            upstream[JobWebhook.FieldName] = webhook.Write();

        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Plain))
            upstream.WriteTo(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static JobRequest Read(string text)
    {
        using var json = JsonDocument.Parse(text);
        // The default model has no effect here, because a canonical request names its model.
        return RequestRules.Read(json.RootElement, ImageRequest.DefaultModel, webhooks: WebhookRules.Stored).Request
            ?? throw new InvalidOperationException("A stored request is not valid any more in this version of Darkroom.");
    }

    /// <summary>Two requests have the same hash if all their fields are the same.</summary>
    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>Two tasks have the same hash if they would make the same picture. It covers only what is sent to ModelScope.</summary>
    public static string ContentHash(ImageRequest image) => Convert.ToHexStringLower(SHA256.HashData(ImageRequestBody.Write(image)));

    private static readonly Dictionary<string, JsonElement> Nothing = [];
}
