using System.Text.Json;
using System.Text.Json.Nodes;
using Darkroom.Jobs;
using Darkroom.Requests;
using Darkroom.Storage;

namespace Darkroom.Webhooks;

/// <summary>
/// Writes the body of a message: <c>{type, timestamp, data}</c>, always under 20 KB. <c>data</c> is the job as the API returns it, without
/// its timeline, its durable links, and the parts of the request that are large or not meant for others.
/// </summary>
public static class WebhookPayload
{
    /// <summary>Every body is shorter, in bytes.</summary>
    public const int MaxBytes = 20_000;

    /// <summary>The maximum length of a prompt, in Unicode characters.</summary>
    public const int LongestPrompt = 500;

    private const string Request = "request";
    private const string Truncated = "truncated";

    /// <summary>The message for the end of a job.</summary>
    /// <param name="status">The status of the job.</param>
    /// <param name="at">When it ended.</param>
    /// <param name="job">The job as the API returns it.</param>
    public static byte[] OfJob(JobStatus status, DateTime at, JsonObject job)
    {
        ArgumentNullException.ThrowIfNull(job);
        job.Remove("timeline");
        job.Remove("durable");
        if (job[Request] is JsonObject request)
        {
            request.Remove("extra");
            request.Remove(JobWebhook.FieldName);
            RemoveDataUrls(request);
            foreach (var prompt in new[] { "prompt", "negative_prompt" })
            {
                if (TryCut(request, prompt))
                    job[Truncated] = true;
            }
        }

        return Write($"job.{JsonNamingPolicy.CamelCase.ConvertName($"{status}")}", at, job);
    }

    /// <summary>The message for the end of a batch.</summary>
    public static byte[] OfBatch(DateTime at, JsonObject batch) => Write("batch.finished", at, batch);

    private static byte[] Write(string type, DateTime at, JsonObject data)
    {
        var body = new JsonObject
        {
            ["type"] = type,
            ["timestamp"] = DateTime.SpecifyKind(at, DateTimeKind.Utc),
            ["data"] = data,
        };
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, StoredJson.Options);
        for (var cut = 0; bytes.Length >= MaxBytes && cut < PayloadCuts.Count; cut++)
        {
            PayloadCuts.Apply(cut, data);
            data[Truncated] = true;
            bytes = JsonSerializer.SerializeToUtf8Bytes(body, StoredJson.Options);
        }

        return bytes;
    }

    private static void RemoveDataUrls(JsonObject request)
    {
        switch (request["image_url"])
        {
            case JsonArray urls:
                for (var at = urls.Count - 1; at >= 0; at--)
                {
                    if (IsDataUrl(urls[at]))
                        urls.RemoveAt(at);
                }

                if (urls.Count == 0)
                    request.Remove("image_url");
                break;
            case { } url when IsDataUrl(url):
                request.Remove("image_url");
                break;
        }
    }

    private static bool IsDataUrl(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var url) && url.StartsWith("data:", StringComparison.OrdinalIgnoreCase);

    private static bool TryCut(JsonObject request, string name)
    {
        if (request[name] is not JsonValue value || !value.TryGetValue<string>(out var text) || text.Length <= LongestPrompt)
            return false;
        var cut = string.Concat(text.EnumerateRunes().Take(LongestPrompt));
        request[name] = cut;
        return cut.Length < text.Length;
    }
}
