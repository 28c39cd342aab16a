using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Darkroom.Requests;

namespace Darkroom.Batches;

/// <summary>One picture of a batch.</summary>
/// <param name="Line">The line in the input, from 1.</param>
/// <param name="Index">The number of the picture within the line, from 0.</param>
/// <param name="CustomId">The sender's own id of the item.</param>
/// <param name="Request">The request for one task.</param>
public sealed record BatchItem(int Line, int Index, string? CustomId, JobRequest Request)
{
    // A request may use the default maximum depth of JSON. A written item adds a level around the request.
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 128 };

    /// <summary>The key of the item within its batch.</summary>
    public string Key => KeyOf(Line, Index);

    /// <summary>The key of an item within its batch.</summary>
    public static string KeyOf(int line, int index) => $"{line}.{index}";

    /// <summary>The id of an item's job. It depends only on the batch and the item, so that no item is started twice.</summary>
    public static string JobIdOf(string batchId, string key) => $"{batchId}.{key}";

    /// <summary>The line and the index in a key.</summary>
    public static (int Line, int Index) ParseKey(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var dot = key.IndexOf('.', StringComparison.Ordinal);
        return (int.Parse(key.AsSpan(0, dot)), int.Parse(key.AsSpan(dot + 1)));
    }

    /// <summary>Writes the item as one line of JSON.</summary>
    public void WriteTo(ArrayBufferWriter<byte> buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        using (
            var writer = new Utf8JsonWriter(
                buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true }))
        {
            writer.WriteStartObject();
            writer.WriteNumber("line"u8, Line);
            writer.WriteNumber("index"u8, Index);
            if (CustomId is not null)
                writer.WriteString("customId"u8, CustomId);
            writer.WritePropertyName("request"u8);
            writer.WriteRawValue(CanonicalRequest.Write(Request), skipInputValidation: true);
            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
    }

    /// <summary>Reads what <see cref="WriteTo"/> wrote.</summary>
    public static BatchItem Read(ReadOnlyMemory<byte> line)
    {
        using var json = Parse(line);
        var root = json.RootElement;
        return new BatchItem(
            root.GetProperty("line").GetInt32(),
            root.GetProperty("index").GetInt32(),
            root.TryGetProperty("customId", out var id) ? id.GetString() : null,
            CanonicalRequest.Read(root.GetProperty("request").GetRawText()));
    }

    /// <summary>Parses a written item.</summary>
    internal static JsonDocument Parse(ReadOnlyMemory<byte> line) => JsonDocument.Parse(line, Deep);

    /// <summary>The key of a written item. Only the start of the line is read.</summary>
    public static string KeyOf(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        var (number, index) = (0, 0);
        // Line and index are written first.
        for (var field = 0; field < 2; field++)
        {
            while (reader.TokenType != JsonTokenType.Number)
                reader.Read();
            (number, index) = (index, reader.GetInt32());
            reader.Read();
        }

        return KeyOf(number, index);
    }
}
