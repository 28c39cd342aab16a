using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Darkroom.Simulator.Scenarios;

/// <summary>The JSON options of the simulator. Like upstream, it does not escape Chinese.</summary>
internal static class JsonForm
{
    public static JsonSerializerOptions Readable { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };
}
