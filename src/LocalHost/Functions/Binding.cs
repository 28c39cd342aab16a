using Newtonsoft.Json.Linq;

namespace Darkroom.LocalHost.Functions;

/// <summary>One binding of a function, from the worker's metadata.</summary>
internal sealed record Binding(JObject Json)
{
    /// <summary>The name of the parameter; <c>$return</c> for the return value.</summary>
    public string Name => Text("name") ?? "";

    /// <summary>The kind, such as <c>queueTrigger</c>.</summary>
    public string Type => Text("type") ?? "";

    /// <summary>Whether the binding is the trigger.</summary>
    public bool IsTrigger => Type.EndsWith("Trigger", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the binding is an output.</summary>
    public bool IsOutput => string.Equals(Text("direction"), "out", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the value is a stream of bytes rather than text.</summary>
    public bool IsBinary => string.Equals(Text("dataType"), "binary", StringComparison.OrdinalIgnoreCase);

    /// <summary>The .NET type that the metadata requests; <see cref="object"/> if it names none.</summary>
    public Type RequestedType
    {
        get
        {
            var supportsDeferred = string.Equals(
                (Get("properties") as JObject)?.GetValue("supportsDeferredBinding", StringComparison.OrdinalIgnoreCase)?.ToString(),
                "true",
                StringComparison.OrdinalIgnoreCase);
            var one = supportsDeferred ? typeof(Microsoft.Azure.WebJobs.ParameterBindingData) : Text("dataType")?.ToUpperInvariant() switch
            {
                "BINARY" => typeof(byte[]),
                "STREAM" => typeof(Stream),
                "STRING" => typeof(string),
                _ => typeof(object),
            };
            return string.Equals(Text("cardinality"), "many", StringComparison.OrdinalIgnoreCase) ? one.MakeArrayType() : one;
        }
    }

    /// <summary>A property as text; null if it does not exist.</summary>
    public string? Text(string name) => Get(name) is { Type: not JTokenType.Null } value ? value.ToString() : null;

    /// <summary>A property; null if it does not exist.</summary>
    public JToken? Get(string name) => Json.GetValue(name, StringComparison.OrdinalIgnoreCase);
}
