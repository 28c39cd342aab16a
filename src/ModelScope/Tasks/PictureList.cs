using System.Text;
using System.Text.Json;
using Darkroom.ModelScope.Wire;

namespace Darkroom.ModelScope.Tasks;

/// <summary>
/// Collects the pictures of an answer. They may be in <c>output_images</c>, <c>images</c>, <c>data</c> or <c>result</c>, as links or as
/// base64.
/// </summary>
internal struct PictureList
{
    private List<PictureSource>? _found;

    public readonly IReadOnlyList<PictureSource> ToList() => _found ?? (IReadOnlyList<PictureSource>)[];

    /// <summary>Reads the current property if it can contain pictures; otherwise returns false and does not move the reader.</summary>
    public bool TryTake(ref Utf8JsonReader reader)
    {
        if (!reader.NameIs("output_images"u8) && !reader.NameIs("result"u8) && !reader.NameIs("images"u8)
            && !reader.NameIs("data"u8))
        {
            return false;
        }

        reader.Read();
        Value(ref reader, isBase64: false);
        return true;
    }

    private void Value(ref Utf8JsonReader reader, bool isBase64)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String when isBase64:
                Inline(ref reader);
                break;
            case JsonTokenType.String:
                Link(JsonText.String(ref reader));
                break;
            case JsonTokenType.StartArray:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    Value(ref reader, isBase64);
                break;
            case JsonTokenType.StartObject:
                Object(ref reader);
                break;
            default:
                break;
        }
    }

    private void Object(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isBase64 = reader.NameIs("b64_json"u8);
            if (isBase64 || reader.NameIs("url"u8) || reader.NameIs("output_images"u8)
                    || reader.NameIs("images"u8))
            {
                reader.Read();
                Value(ref reader, isBase64);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void Link(string text)
    {
        if (text.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
            Base64(Encoding.UTF8.GetBytes(text));
        else if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
            Add(PictureSource.At(uri));
    }

    private void Inline(ref Utf8JsonReader reader)
    {
        if (JsonText.IsText(ref reader) && reader.TryGetBytesFromBase64(out var bytes))
            Add(PictureSource.Of(bytes));
        else
            Base64(Encoding.UTF8.GetBytes(JsonText.String(ref reader)));
    }

    // Some servers send a data: URL where plain base64 is documented.
    private void Base64(byte[] text)
    {
        var start = text.AsSpan().StartsWith("data:"u8) ? text.AsSpan().IndexOf((byte)',') + 1 : 0;
        if (Base64Decode(text.AsSpan(start)) is { Length: > 0 } bytes)
            Add(PictureSource.Of(bytes));
    }

    private static byte[]? Base64Decode(Span<byte> text) =>
        System.Buffers.Text.Base64.DecodeFromUtf8InPlace(text, out var written) == System.Buffers.OperationStatus.Done
            ? text[..written].ToArray()
            : null;

    private void Add(PictureSource picture) => (_found ??= []).Add(picture);
}
