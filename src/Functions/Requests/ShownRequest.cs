using System.Text.Json.Nodes;

namespace Darkroom.Requests;

/// <summary>
/// The request as it may stand in the durable history and in answers: addresses of pictures without their query, which may be signed, and
/// pictures in the text without their bytes.
/// </summary>
public static class ShownRequest
{
    private const string Field = "image_url";

    /// <summary>Whether <paramref name="text"/> holds something that must not be shown.</summary>
    public static bool HidesSomething(string text) => text.Contains($"\"{Field}\"", StringComparison.Ordinal);

    /// <summary>The request without it.</summary>
    public static string Of(string text)
    {
        if (!HidesSomething(text) || JsonNode.Parse(text) is not JsonObject request || request[Field] is not { } urls)
            return text;

        request[Field] = urls is JsonArray several ? new JsonArray([.. several.Select(url => (JsonNode)Shown(url!.GetValue<string>()))]) : Shown(urls.GetValue<string>());
        return request.ToJsonString();
    }

    private static string Shown(string url)
    {
        if (url.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
            return $"{url[..Math.Min(url.Length, url.IndexOf(',', StringComparison.Ordinal) + 1)]}… ({url.Length} characters)";
        return Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Query.Length > 0 ? $"{address.GetLeftPart(UriPartial.Path)}?…" : url;
    }
}
