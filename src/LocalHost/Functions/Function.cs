using Darkroom.LocalHost.Worker.Protocol;
using Microsoft.Extensions.Configuration;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Darkroom.LocalHost.Functions;

internal sealed class Function
{
    private Function(RpcFunctionMetadata metadata, IReadOnlyList<Binding> bindings) => (Metadata, Bindings) = (metadata, bindings);

    /// <summary>The worker's metadata, which is sent back to load the function.</summary>
    public RpcFunctionMetadata Metadata { get; }

    public IReadOnlyList<Binding> Bindings { get; }

    public string Name => Metadata.Name;

    /// <summary>The binding that starts the function.</summary>
    public Binding Trigger => Bindings.Single(binding => binding.IsTrigger);

    /// <summary>Whether the function has an HTTP trigger.</summary>
    public bool IsHttp => string.Equals(Trigger.Type, "httpTrigger", StringComparison.OrdinalIgnoreCase);

    /// <summary>Parses the worker's metadata of a function.</summary>
    /// <exception cref="StartException">The metadata is not valid; the message names the function.</exception>
    public static Function Read(RpcFunctionMetadata metadata)
    {
        if (metadata.Status is { Status: StatusResult.Types.Status.Failure } status)
            throw new StartException($"The function {metadata.Name} cannot be used: {status.Exception?.Message ?? status.Result}");
        Binding[] bindings = [.. metadata.RawBindings.Select(raw => Parse(metadata.Name, raw))];
        var triggers = bindings.Count(binding => binding.IsTrigger);
        return triggers == 1
            ? new Function(metadata, bindings)
            : throw new StartException($"The function {metadata.Name} has {triggers} triggers. A function needs exactly one.");
    }

    private static Binding Parse(string function, string raw)
    {
        try
        {
            return new Binding(JObject.Parse(raw));
        }
        catch (JsonException exception)
        {
            throw new StartException($"The function {function} has a binding that is not a JSON object.", exception);
        }
    }

    /// <summary>Whether a setting disables the function.</summary>
    public bool IsDisabled(IConfiguration settings) =>
        ((string[])[$"AzureWebJobs.{Name}.Disabled", $"AzureWebJobs_{Name}_Disabled"]).Any(
            name => settings[name] is "1" || bool.TryParse(settings[name], out var off) && off);
}
