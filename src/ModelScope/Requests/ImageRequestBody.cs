using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Darkroom.ModelScope.Requests;

/// <summary>
/// Writes a request as the JSON body that ModelScope expects: UTF-8 with unescaped Chinese, floats with a fraction, and without fields that
/// are not set.
/// </summary>
public static class ImageRequestBody
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(control => (char)control), '"', '\\']);

    /// <summary>Writes the JSON body of <paramref name="request"/>.</summary>
    public static byte[] Write(ImageRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString(RequestFields.Model, request.Model);
            WriteText(json, RequestFields.Prompt, request.Prompt);
            if (request.NegativePrompt is { } negative)
                WriteText(json, RequestFields.NegativePrompt, negative);
            if (request.Size is { } size)
                json.WriteString(RequestFields.Size, size.ToString());
            if (request.Seed is { } seed)
                json.WriteNumber(RequestFields.Seed, seed);
            if (request.Steps is { } steps)
                json.WriteNumber(RequestFields.Steps, steps);
            if (request.Guidance is { } guidance)
                WriteFloat(json, RequestFields.Guidance, guidance);
            WriteImageUrls(json, request.ImageUrls);
            WriteLoras(json, request.Loras);
            foreach (var (name, value) in request.Extra)
            {
                json.WritePropertyName(name);
                value.WriteTo(json);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    // UnsafeRelaxedJsonEscaping still escapes characters outside the Basic Multilingual Plane, such as rare Chinese characters and emoji.
    // They are written raw, unless the text also contains characters that JSON requires to be escaped.
    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        if (text.AsSpan().ContainsAny(Escaped) || !text.Any(char.IsSurrogate))
        {
            json.WriteString(name, text);
        }
        else
        {
            json.WritePropertyName(name);
            json.WriteRawValue($"\"{text}\"");
        }
    }

    private static void WriteImageUrls(Utf8JsonWriter json, IReadOnlyList<string> urls)
    {
        if (urls.Count == 0)
            return;

        json.WritePropertyName(RequestFields.ImageUrl);
        if (urls.Count == 1)
        {
            json.WriteStringValue(urls[0]);
            return;
        }

        json.WriteStartArray();
        foreach (var url in urls)
            json.WriteStringValue(url);
        json.WriteEndArray();
    }

    private static void WriteLoras(Utf8JsonWriter json, LoraChoice? loras)
    {
        if (loras is null)
            return;

        if (loras.Repository is { } single)
        {
            json.WriteString(RequestFields.Loras, single);
            return;
        }

        json.WriteStartObject(RequestFields.Loras);
        foreach (var (repository, weight) in loras.Weights)
            WriteFloat(json, repository, weight);
        json.WriteEndObject();
    }

    // A field documented as a float is written with a fraction (7.0, not 7), because a strictly typed server may reject an integer.
    private static void WriteFloat(Utf8JsonWriter json, string name, double value)
    {
        json.WritePropertyName(name);
        if (value == Math.Truncate(value) && Math.Abs(value) < 1e15)
            json.WriteRawValue(value.ToString("0.0"));
        else
            json.WriteNumberValue(value);
    }
}
