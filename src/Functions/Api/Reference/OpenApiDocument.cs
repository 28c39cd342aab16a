using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Darkroom.Storage;
using Microsoft.OpenApi.YamlReader;
using SharpYaml.Serialization;

namespace Darkroom.Api.Reference;

/// <summary>The OpenAPI description, written by hand as YAML and served as JSON.</summary>
internal static class OpenApiDocument
{
    // Few processes are ever asked for it, so it is converted on demand.
    private static readonly Lazy<(byte[] Json, string Tag)> Converted = new(Convert);

    /// <summary>The description as JSON in UTF-8.</summary>
    public static byte[] Json => Converted.Value.Json;

    /// <summary>A strong entity tag of the description.</summary>
    public static string Tag => Converted.Value.Tag;

    private static (byte[] Json, string Tag) Convert()
    {
        using var yaml = new StringReader(EmbeddedText.Read("openapi.yaml"));
        var stream = new YamlStream();
        stream.Load(yaml);
        var json = stream.Documents[0].ToJsonNode().ToJsonString(new JsonSerializerOptions(StoredJson.Options));
        var bytes = Encoding.UTF8.GetBytes(json);
        return (bytes, $"\"{System.Convert.ToHexStringLower(SHA256.HashData(bytes))}\"");
    }
}
