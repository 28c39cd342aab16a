using System.Text.Json.Nodes;

namespace Darkroom.Requests;

/// <summary>
/// The request as it may stand in the durable history and in answers: addresses without their query, which may be signed, and pictures in
/// the text without their bytes. Our own fields hold them in one place, upstream's own parameters anywhere.
/// </summary>
public static class ShownRequest
{
    private const int LongestValue = 1000;
    private static readonly string[] Fields = ["image_url", "extra"];

    /// <summary>Whether <paramref name="text"/> holds something that must not be shown.</summary>
    public static bool HidesSomething(string text) => Of(text) != text;

    /// <summary>The request without it; the very text when there is nothing to hide.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!Fields.Any(field => text.Contains($"\"{field}\"", StringComparison.Ordinal)) || JsonNode.Parse(text) is not JsonObject request)
            return text;

        var hidesSomething = false;
        foreach (var field in Fields)
        {
            if (request[field] is { } value)
                request[field] = Shown(value, ref hidesSomething);
        }

        return hidesSomething ? request.ToJsonString() : text;
    }

    private static JsonNode? Shown(JsonNode? value, ref bool hidesSomething)
    {
        switch (value)
        {
            case JsonObject fields:
                var shown = new JsonObject();
                foreach (var (name, field) in fields)
                    shown[name] = Shown(field, ref hidesSomething);
                return shown;
            case JsonArray items:
                var all = new JsonArray();
                foreach (var item in items)
                    all.Add(Shown(item, ref hidesSomething));
                return all;
            case JsonValue text when text.TryGetValue<string>(out var word):
                var open = Shown(word);
                hidesSomething |= open != word;
                return open;
            default:
                return value?.DeepClone();
        }
    }

    private static string Shown(string text)
    {
        if (text.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
            return $"{text[..Math.Min(Math.Min(text.Length, text.IndexOf(',', StringComparison.Ordinal) + 1), LongestValue)]}… ({text.Length} characters)";
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Query.Length > 0)
            text = $"{address.GetLeftPart(UriPartial.Path)}?…";
        return text.Length <= LongestValue ? text : $"{text[..LongestValue]}… ({text.Length} characters)";
    }
}
