using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Darkroom.Batches.Input;

/// <summary>Reads one prompt per line; a line that begins with # is a comment.</summary>
internal static class PlainTextReader
{
    public static async IAsyncEnumerable<RawItem> ReadAsync(Stream utf8, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var lines = new LineSplitter(utf8);
        var json = new ArrayBufferWriter<byte>(512);
        while (await lines.ReadAsync(cancellation))
        {
            if (lines.IsTooLong)
                yield return RawItem.TooLong(lines.Number);
            else if (!BlankLines.Is(lines.Line.Span) && !lines.Line.Span.TrimStart(" \t"u8).StartsWith("#"u8))
                yield return RawItem.Of(lines.Number, JsonDocument.Parse(Write(json, lines.Line.Span.Trim(" \t"u8))));
        }
    }

    private static ReadOnlyMemory<byte> Write(ArrayBufferWriter<byte> buffer, ReadOnlySpan<byte> prompt)
    {
        buffer.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteString("prompt"u8, prompt);
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
