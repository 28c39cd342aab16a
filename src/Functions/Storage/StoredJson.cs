using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Darkroom.Storage;

/// <summary>The JSON format of storage and responses: camelCase names, unescaped Unicode text, no null values.</summary>
internal static class StoredJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        // A request may have the default maximum depth of 64, and it is nested in another object.
        MaxDepth = 128,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static BinaryData Content<T>(T value) => new(JsonSerializer.SerializeToUtf8Bytes(value, Options));
}
