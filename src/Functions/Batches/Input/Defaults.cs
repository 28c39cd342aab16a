using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Darkroom.Batches.Input;

/// <summary>The default values of items. A default applies if the item has neither the field nor a synonym of it.</summary>
internal sealed class Defaults
{
    private static readonly string[][] SameMeaning =
        [["steps", "num_inference_steps"], ["guidance", "guidance_scale"], ["count", "n"], ["size", "width", "height"]];

    private readonly (string Name, JsonElement Value)[] _fields;
    private readonly ArrayBufferWriter<byte> _buffer = new(512);
    private readonly ExpandedBytes _expanded = new();

    public Defaults(JsonElement defaults) => _fields = [.. defaults.EnumerateObject().Select(field => (field.Name, field.Value))];

    private Defaults() => _fields = [];

    public static Defaults None { get; } = new();

    /// <summary>
    /// The item with its missing fields added; null if there are no defaults or the item is not an object. Valid until the next call.
    /// </summary>
    /// <exception cref="UnreadableBodyException">All items together are too large.</exception>
    public JsonDocument? Complete(JsonElement item)
    {
        if (_fields.Length == 0 || item.ValueKind != JsonValueKind.Object)
            return null;

        _buffer.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            var given = new HashSet<string>(StringComparer.Ordinal);
            foreach (var field in item.EnumerateObject())
            {
                given.Add(field.Name);
                field.WriteTo(writer);
            }

            foreach (var (name, value) in _fields)
            {
                if (Says(given, name))
                    continue;
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        _expanded.Add(_buffer.WrittenCount);
        return JsonDocument.Parse(_buffer.WrittenMemory);
    }

    private static bool Says(HashSet<string> given, string name)
    {
        if (given.Contains(name))
            return true;
        var others = Array.Find(SameMeaning, names => names.Contains(name, StringComparer.Ordinal));
        // Width and height belong together: a default width does not apply to an item that has only a height.
        return others is not null && others.Any(given.Contains);
    }
}
