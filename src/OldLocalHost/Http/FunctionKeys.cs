using System.Text.Json.Serialization;

namespace Darkroom.LocalHost.Http;

/// <summary>The keys that callers must show.</summary>
internal sealed class FunctionKeys
{
    /// <summary>Opens everything.</summary>
    public string Master { get; init; } = "";

    /// <summary>Opens every function of the level Function.</summary>
    public string Default { get; init; } = "";

    /// <summary>Opens the durable management API; Azure calls it <c>durabletask_extension</c>.</summary>
    public string System { get; init; } = "";

    [JsonIgnore]
    public bool IsComplete => Master.Length > 0 && Default.Length > 0 && System.Length > 0;
}
