using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace Darkroom.EndToEnd;

/// <summary>The OpenAPI description that the app serves: which answers each call may have.</summary>
internal sealed class ApiContract
{
    private static readonly string[] JsonLines = ["application/x-ndjson"];

    private readonly JsonObject _document;
    private readonly (string[] Path, JsonObject Item)[] _paths;
    private readonly ConcurrentDictionary<string, JsonSchema> _schemas = new(StringComparer.Ordinal);

    // A test that waits gets the same answer many times.
    private readonly ConcurrentDictionary<string, bool> _seen = new(StringComparer.Ordinal);

    public ApiContract(JsonObject document)
    {
        _document = document;
        _paths = [.. document["paths"]!.AsObject()
            // The path with the fewest parameters comes first.
            .OrderBy(path => path.Key.Count(character => character == '{'))
            .Select(path => (path.Key.Split('/'), path.Value!.AsObject()))];
    }

    /// <summary>What is wrong with an answer; null if it is as described, or if the path belongs to the host.</summary>
    public string? Check(string method, string path, int status, string? mediaType, string? text)
    {
        if (_paths.FirstOrDefault(one => IsMatch(one.Path, path.Split('/'))) is not { Path: not null } found
                || found.Item[method.ToLowerInvariant()] is not { } operation)
            return null;
        // The host answers for itself while the app starts or ends.
        if (status >= 500 && mediaType?.EndsWith("json", StringComparison.Ordinal) != true)
            return null;
        if (operation["responses"]![$"{status}"] is not { } described)
            return $"the status {status} is not described";
        var response = Resolve(described);
        if (response["content"] is not { } content)
            return string.IsNullOrEmpty(text) ? null : $"the status {status} is described without a body, but has one";
        // The host answers 401 and 404 without a body.
        if (mediaType is null)
            return string.IsNullOrEmpty(text) ? null : "the body has no content type";
        if ((content[mediaType] ?? content[$"{mediaType.Split('/')[0]}/*"]) is not { } body)
            return $"the status {status} is not described with the type {mediaType}";
        if (text is null || body["schema"] is not { } schema || !_seen.TryAdd(HashOf($"{method} {status} {path}\n{text}"), true))
            return null;
        return JsonLines.Contains(mediaType)
            ? text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Check(schema["contentSchema"]!, line)).FirstOrDefault(
                trouble => trouble is not null)
            : mediaType.EndsWith("json", StringComparison.Ordinal) ? Check(schema, text) : null;
    }

    private static string HashOf(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private string? Check(JsonNode schema, string text)
    {
        using var json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 256 });
        var form = SchemaOf(schema);
        // The list of errors takes many times longer than the verdict, and nearly every answer is right.
        if (form.Evaluate(json.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.Flag }).IsValid)
            return null;
        var result = form.Evaluate(json.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        // The most exact errors come first: a member that is wrong makes everything around it wrong too.
        var errors = (result.Details ?? []).Where(detail => detail.Errors is not null)
            .OrderByDescending(detail => $"{detail.InstanceLocation}".Count(character => character == '/'))
            .SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation} {error.Value} ({detail.EvaluationPath})"));
        return string.Join('\n', errors.Take(8));
    }

    // The schemas of the document become definitions of the one schema that is evaluated.
    private JsonSchema SchemaOf(JsonNode schema) => _schemas.GetOrAdd(schema.ToJsonString(), text =>
    {
        var whole = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = $"https://darkroom.example/{Guid.NewGuid():N}",
            ["allOf"] = new JsonArray(JsonNode.Parse(text)),
            ["$defs"] = _document["components"]!["schemas"]!.DeepClone(),
        };
        return JsonSchema.FromText(whole.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal));
    });

    private JsonNode Resolve(JsonNode node) => node["$ref"] is { } reference
        ? reference.GetValue<string>()[2..].Split('/').Aggregate((JsonNode)_document, (at, name) => at[name]!)
        : node;

    private static bool IsMatch(string[] template, string[] path) =>
        template.Length == path.Length && template.Zip(path).All(
            pair => pair.First.StartsWith('{') || string.Equals(pair.First, pair.Second, StringComparison.OrdinalIgnoreCase));
}
