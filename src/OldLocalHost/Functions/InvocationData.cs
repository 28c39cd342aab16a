using System.Collections.Immutable;
using Microsoft.Azure.Functions.Worker;

namespace Darkroom.LocalHost.Functions;

/// <summary>What is known of an event by name, in any spelling of the case.</summary>
internal sealed class InvocationData(IReadOnlyDictionary<string, object?> data) : BindingContext
{
    public static readonly IReadOnlyDictionary<string, object?> None = ImmutableDictionary<string, object?>.Empty;

    public override IReadOnlyDictionary<string, object?> BindingData => data;

    public static Dictionary<string, object?> Of(params ReadOnlySpan<(string Name, object? Value)> data)
    {
        var all = new Dictionary<string, object?>(data.Length, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in data)
            all[name] = value;
        return all;
    }
}
