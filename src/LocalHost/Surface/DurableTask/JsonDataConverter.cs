using System.Text.Json;

namespace Microsoft.DurableTask.Converters;

/// <summary>
/// A converter to and from JSON. A function app does not use the default one, which includes fields: it writes with the worker's own
/// JSON options.
/// </summary>
public class JsonDataConverter : DataConverter
{
    static readonly JsonSerializerOptions WithFields = new() { IncludeFields = true };

    readonly JsonSerializerOptions options;

    public JsonDataConverter(JsonSerializerOptions? options = null) => this.options = options ?? WithFields;

    public static JsonDataConverter Default { get; } = new();

    public override string? Serialize(object? value) => value is null ? null : JsonSerializer.Serialize(value, options);

    public override object? Deserialize(string? data, Type targetType)
        => data is null ? null : JsonSerializer.Deserialize(data, targetType, options);
}
