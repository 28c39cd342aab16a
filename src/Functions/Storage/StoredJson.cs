using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Darkroom.Storage;

/// <summary>How we write JSON, in storage and in answers: camelCase names, Chinese as Chinese, nothing that is not there.</summary>
internal static class StoredJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        // A request may be nested as deep as JSON usually is, and stands within something else.
        MaxDepth = 128,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static BinaryData Content<T>(T value) => new(JsonSerializer.SerializeToUtf8Bytes(value, Options));
}
