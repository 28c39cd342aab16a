using System.Text.Json.Nodes;

namespace Darkroom.EndToEnd.Access;

/// <summary>An operation of openapi.yaml.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Path">Its path, with parameters in braces.</param>
/// <param name="IsOpen">Whether it needs no key.</param>
internal sealed record ApiRoute(HttpMethod Method, string Path, bool IsOpen)
{
    /// <summary>Whether the path names a job.</summary>
    public bool IsOfAJob =>
        Path.StartsWith("/api/images/{id}", StringComparison.Ordinal) || Path.StartsWith("/v1/images/{id}", StringComparison.Ordinal);

    /// <summary>Whether the path names a batch.</summary>
    public bool IsOfABatch => Path.StartsWith("/api/batches/{id}", StringComparison.Ordinal);

    /// <summary>Reads all operations from the description that the app serves. OpenApiDocumentTests compares it with the routes.</summary>
    public static async Task<IReadOnlyList<ApiRoute>> AllAsync(HttpClient http)
    {
        var document = JsonNode.Parse(await http.GetStringAsync("api/openapi.json"))!;
        return [
            .. from path in document["paths"]!.AsObject()
               from operation in path.Value!.AsObject()
               where operation.Key != "parameters"
               select new ApiRoute(
                   new HttpMethod(operation.Key.ToUpperInvariant()), path.Key, operation.Value!["security"] is JsonArray { Count: 0 })];
    }

    /// <summary>The path for a job or batch.</summary>
    public string For(string id) => Path.TrimStart('/')
        .Replace("{id}", id, StringComparison.Ordinal)
        .Replace("{n}", "0", StringComparison.Ordinal)
        .Replace("{format}", "png", StringComparison.Ordinal)
        .Replace("{path}", "gallery", StringComparison.Ordinal);
}
