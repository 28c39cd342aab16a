using System.Collections.Immutable;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Darkroom.LocalHost.Functions;

/// <summary>A function of the app: as it was found, and ready to be called.</summary>
internal sealed class AppFunction : FunctionDefinition
{
    private readonly ImmutableArray<ParameterBinding> _bindings;
    private readonly Lazy<MethodCall> _call;

    public AppFunction(string name, MethodInfo method, TriggerKind kind, TriggerBindingAttribute trigger, ImmutableArray<ParameterBinding> bindings)
    {
        Name = name;
        Method = method;
        Kind = kind;
        Trigger = trigger;
        _bindings = bindings;
        // Compiled when first called: an app of many functions starts no slower for those that nobody calls.
        _call = new Lazy<MethodCall>(() => new MethodCall(method));
        EntryPoint = $"{method.DeclaringType!.FullName}.{method.Name}";
        Id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{name}\n{EntryPoint}")).AsSpan(0, 8));
        Parameters = [.. bindings.Select(binding => binding.Describe())];
        InputBindings = bindings.Where(binding => binding.BindingType is not null)
            .ToImmutableDictionary(binding => binding.Name, binding => (BindingMetadata)new FunctionBinding(binding.Name, binding.BindingType!, BindingDirection.In));
        OutputBindings = kind == TriggerKind.Http
            ? ImmutableDictionary<string, BindingMetadata>.Empty.Add("$return", new FunctionBinding("$return", "http", BindingDirection.Out))
            : ImmutableDictionary<string, BindingMetadata>.Empty;
    }

    public override string Name { get; }

    public MethodInfo Method { get; }

    public TriggerKind Kind { get; }

    public TriggerBindingAttribute Trigger { get; }

    /// <summary>Switched off by a setting: it is listed, and never runs.</summary>
    public bool IsDisabled { get; init; }

    /// <summary>What orchestrations call it by, if they do.</summary>
    public string DurableName => Trigger switch
    {
        OrchestrationTriggerAttribute { Orchestration: { Length: > 0 } name } => name,
        ActivityTriggerAttribute { Activity: { Length: > 0 } name } => name,
        _ => Name,
    };

    public override string Id { get; }

    public override string EntryPoint { get; }

    public override string PathToAssembly => Method.Module.FullyQualifiedName;

    public override ImmutableArray<FunctionParameter> Parameters { get; }

    public override IImmutableDictionary<string, BindingMetadata> InputBindings { get; }

    public override IImmutableDictionary<string, BindingMetadata> OutputBindings { get; }

    /// <summary>Fills the parameters and calls the method, which begins on the calling thread.</summary>
    public Task<object?> CallAsync(Invocation invocation)
    {
        var call = _call.Value;
        var instance = Method.IsStatic ? null : call.CreateInstance(invocation.InstanceServices);
        return call.InvokeAsync(instance, ParameterBinding.Bind(_bindings, invocation));
    }

    private sealed class FunctionBinding(string name, string type, BindingDirection direction) : BindingMetadata
    {
        public override string Name { get; } = name;

        public override string Type { get; } = type;

        public override BindingDirection Direction { get; } = direction;
    }
}
