using Darkroom.LocalHost.Worker.Protocol;
using Microsoft.Extensions.Configuration;
using Newtonsoft.Json.Linq;

namespace Darkroom.LocalHost.Functions;

/// <summary>A function of the app.</summary>
internal sealed class Function
{
    private Function(RpcFunctionMetadata metadata, IReadOnlyList<Binding> bindings) => (Metadata, Bindings) = (metadata, bindings);

    /// <summary>What the worker said of it, for the worker to load it again.</summary>
    public RpcFunctionMetadata Metadata { get; }

    /// <summary>All its bindings.</summary>
    public IReadOnlyList<Binding> Bindings { get; }

    /// <summary>Its name.</summary>
    public string Name => Metadata.Name;

    /// <summary>What starts it.</summary>
    public Binding Trigger => Bindings.Single(binding => binding.IsTrigger);

    /// <summary>Whether an HTTP request starts it.</summary>
    public bool IsHttp => string.Equals(Trigger.Type, "httpTrigger", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads what the worker says of a function.</summary>
    /// <exception cref="StartException">The description cannot be used; the message names the function.</exception>
    public static Function Read(RpcFunctionMetadata metadata)
    {
        if (metadata.Status is { Status: StatusResult.Types.Status.Failure } status)
            throw new StartException($"The function {metadata.Name} cannot be used: {status.Exception?.Message ?? status.Result}");
        Binding[] bindings = [.. metadata.RawBindings.Select(raw => new Binding(JObject.Parse(raw)))];
        var triggers = bindings.Count(binding => binding.IsTrigger);
        return triggers == 1
            ? new Function(metadata, bindings)
            : throw new StartException($"The function {metadata.Name} has {triggers} triggers. A function needs exactly one.");
    }

    /// <summary>Whether a setting switches it off.</summary>
    public bool IsDisabled(IConfiguration settings) =>
        ((string[])[$"AzureWebJobs.{Name}.Disabled", $"AzureWebJobs_{Name}_Disabled"]).Any(
            name => settings[name] is "1" || bool.TryParse(settings[name], out var off) && off);
}
