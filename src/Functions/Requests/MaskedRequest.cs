using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Darkroom.Requests;

/// <summary>
/// The request as it may stand in the durable history and in answers: addresses without what may be secret in them (name and password, a
/// signed
/// query, a fragment), and pictures in the text without their bytes. They can be the names of fields too, as those of loras are.
/// </summary>
public static partial class MaskedRequest
{
    private const int LongestValue = 1000;
    private static readonly string[] Fields = ["image_url", "loras", "extra"];

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
                    shown[Shown(name, ref hidesSomething)] = Shown(field, ref hidesSomething);
                return shown;
            case JsonArray items:
                var all = new JsonArray();
                foreach (var item in items)
                    all.Add(Shown(item, ref hidesSomething));
                return all;
            case JsonValue text when text.TryGetValue<string>(out var word):
                return Shown(word, ref hidesSomething);
            default:
                return value?.DeepClone();
        }
    }

    private static string Shown(string text, ref bool hidesSomething)
    {
        var shown = Shown(text);
        hidesSomething |= shown != text;
        return shown;
    }

    private static string Shown(string text)
    {
        if (text.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
            return $"{text[..Math.Min(Math.Min(text.Length, text.IndexOf(',', StringComparison.Ordinal) + 1), LongestValue)]}… "
                + $"({text.Length} characters)";
        text = Address.Replace(text, WithoutSecrets);
        return text.Length <= LongestValue ? text : $"{text[..LongestValue]}… ({text.Length} characters)";
    }

    private static string WithoutSecrets(Match address) =>
        $"{address.Groups["scheme"].Value}://{(address.Groups["user"].Success ? "…@" : "")}{address.Groups["place"].Value}{(address.Groups["secret"].Success ? "?…" : "")}";

    // Taken apart as text, wherever it stands in it: what is no address for .NET may be one for others.
    [
        GeneratedRegex(
            @"(?<scheme>[a-z][a-z0-9+.\-]{0,20})://(?<user>[^\s/?#@""'<>]*@)?(?<place>[^\s?#""'<>]*)(?<secret>[?#][^\s""'<>]*)?",
            RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
            matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address { get; }
}
