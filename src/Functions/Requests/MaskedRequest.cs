using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Darkroom.Requests;

/// <summary>
/// Masks secrets in a request, for the durable history and for responses. In addresses it masks user name, password, query and fragment; in
/// data URLs it removes the bytes of the picture. It masks field names too, because <c>loras</c> can have addresses as field names. Of a
/// webhook it masks the whole secret.
/// </summary>
public static partial class MaskedRequest
{
    private const int LongestValue = 1000;
    private static readonly string[] Fields = ["image_url", "loras", "extra", JobWebhook.FieldName];

    /// <summary>Whether <paramref name="text"/> contains anything that must be masked.</summary>
    public static bool HidesSomething(string text) => Of(text) != text;

    /// <summary>Returns the masked request, or the same string instance when there is nothing to mask.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!Fields.Any(field => text.Contains($"\"{field}\"", StringComparison.Ordinal)) || JsonNode.Parse(text) is not JsonObject request)
            return text;

        var hidesSomething = request[JobWebhook.FieldName] is JsonObject webhook && webhook.ContainsKey(JobWebhook.SecretField);
        if (hidesSomething)
            request[JobWebhook.FieldName]![JobWebhook.SecretField] = "…";
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

    // Matches addresses anywhere in a text. Parsing with Uri would miss texts that .NET rejects but other software accepts.
    [GeneratedRegex(
        @"(?<scheme>[a-z][a-z0-9+.\-]{0,20})://(?<user>[^\s/?#@""'<>]*@)?(?<place>[^\s?#""'<>]*)(?<secret>[?#][^\s""'<>]*)?",
            RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
            matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Address { get; }
}
