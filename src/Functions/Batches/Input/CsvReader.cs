using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Darkroom.Requests;

namespace Darkroom.Batches.Input;

/// <summary>Reads CSV: a header row of field names, then one row per item. An empty cell means that the item lacks the field.</summary>
internal static class CsvReader
{
    private static readonly HashSet<string> Numbers = new(StringComparer.Ordinal)
    {
        "seed", "steps", "num_inference_steps", "guidance", "guidance_scale", "width", "height", "count", "n", "deadlineSeconds",
        "expiresInSeconds",
    };

    // A cell of these fields is JSON if it starts with [ or {. Otherwise it is a string; tags are separated by semicolons.
    private static readonly HashSet<string> Compounds = new(StringComparer.Ordinal) { "image_url", "loras", "tags", "extra" };

    // The JSON of the row adds one level, and must not exceed the default limit of 64 levels either.
    private static readonly JsonDocumentOptions InRow = new() { MaxDepth = 63 };

    public static async IAsyncEnumerable<RawItem> ReadAsync(Stream utf8, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var records = new CsvRecords(utf8);
        if (!await records.ReadAsync(cancellation))
            yield break;
        var header = Header(records);
        var json = new ArrayBufferWriter<byte>(512);
        while (await records.ReadAsync(cancellation))
        {
            if (records.Problem is { } problem)
                yield return RawItem.Wrong(records.Line, "row", problem);
            else if (records.Cells.Count != header.Length)
                yield return RawItem.Wrong(
                    records.Line,
                    "row",
                    $"Has {records.Cells.Count} cells, but the header has {header.Length}. Put a cell that contains the separator in "
                        + "double quotes.");
            else
                yield return Row(records.Line, header, records.Cells, json);
        }
    }

    private static string[] Header(CsvRecords records)
    {
        string[] header = [.. records.Cells.Select(cell => cell.Trim())];
        if (records.Problem is { } problem)
            throw new UnreadableBodyException("header", problem, records.Line);
        if (!header.Contains("prompt", StringComparer.Ordinal))
            throw new UnreadableBodyException(
                "prompt",
                "The header has no such column. Add it. The first line names the fields; it has: "
                    + $"{string.Join(", ", header.Take(20).Select(ShortProblems.OfField))}.",
                records.Line);
        if (header.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(name => name.Count() > 1) is { } twice)
            throw new UnreadableBodyException(twice.Key, "The header has this column twice. Rename or remove one of them.", records.Line);
        return header;
    }

    private static RawItem Row(int line, string[] header, List<string> cells, ArrayBufferWriter<byte> buffer)
    {
        buffer.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            for (var column = 0; column < header.Length; column++)
            {
                if (string.IsNullOrWhiteSpace(cells[column]))
                    continue;
                writer.WritePropertyName(header[column]);
                if (!TryWrite(writer, header[column], cells[column]))
                    return RawItem.Wrong(
                        line,
                        header[column],
                        "The cell starts with [ or {, so it is read as JSON; but it is not valid JSON, is nested more than 63 levels deep, "
                            + "or contains half of a character (such as \\ud83d alone). Correct it, and write each quote in it twice.");
            }

            writer.WriteEndObject();
        }

        return RawItem.Of(line, JsonDocument.Parse(buffer.WrittenMemory));
    }

    private static bool TryWrite(Utf8JsonWriter writer, string name, string cell)
    {
        var text = cell.Trim();
        if (Numbers.Contains(name) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && double.IsFinite(number))
        {
            writer.WriteNumberValue(number);
        }
        else if (Compounds.Contains(name) && text[0] is '[' or '{')
        {
            try
            {
                using var json = JsonDocument.Parse(text, InRow);
                json.RootElement.WriteTo(writer);
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException)
            {
                return false;
            }
        }
        else if (name == "tags")
        {
            writer.WriteStartArray();
            foreach (var tag in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                writer.WriteStringValue(tag);
            writer.WriteEndArray();
        }
        else
        {
            writer.WriteStringValue(cell);
        }

        return true;
    }
}
