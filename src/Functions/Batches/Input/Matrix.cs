using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Darkroom.Batches.Input;

/// <summary>Makes an item of every combination of the values of several fields; the last field varies fastest.</summary>
internal static class Matrix
{
    public static IEnumerable<ReadOnlyMemory<byte>> Of(JsonElement matrix)
    {
        var axes = matrix.EnumerateObject().Select(field => (field.Name, Values: Values(field))).ToArray();
        long total = axes.Length == 0 ? 0 : 1;
        foreach (var (_, values) in axes)
            total = Math.Min(total * values.Length, int.MaxValue);
        if (total > BatchLimits.MaxItems)
            throw UnreadableBodyException.TooLarge(BatchLimits.MaxItemsText);

        return Combinations(axes, (int)total);
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Combinations((string Name, JsonElement[] Values)[] axes, int total)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        var expanded = new ExpandedBytes();
        for (var number = 0; number < total; number++)
        {
            buffer.ResetWrittenCount();
            using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            {
                writer.WriteStartObject();
                var slower = total;
                foreach (var (name, values) in axes)
                {
                    slower /= values.Length;
                    writer.WritePropertyName(name);
                    values[number / slower % values.Length].WriteTo(writer);
                }

                writer.WriteEndObject();
            }

            expanded.Add(buffer.WrittenCount);
            yield return buffer.WrittenMemory;
        }
    }

    private static JsonElement[] Values(JsonProperty field)
    {
        if (field.Value.ValueKind != JsonValueKind.Array)
            throw new UnreadableBodyException(
                $"matrix.{field.Name}", "Must be an array of values. Move a value that is the same for all items to defaults.");
        if (field.Value.GetArrayLength() == 0)
            throw new UnreadableBodyException(
                $"matrix.{field.Name}", "Is an empty array, so there are no items. Add a value, or remove the field.");
        return [.. field.Value.EnumerateArray()];
    }
}
