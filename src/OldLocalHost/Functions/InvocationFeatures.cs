using System.Collections;
using System.Collections.Concurrent;
using Microsoft.Azure.Functions.Worker;

namespace Darkroom.LocalHost.Functions;

/// <summary>Objects of one invocation by their type. The invocation itself is one: a middleware may pass on a context of its own making.</summary>
internal sealed class InvocationFeatures : IInvocationFeatures
{
    private readonly ConcurrentDictionary<Type, object> _features = new();

    public InvocationFeatures(Invocation invocation) => Set(invocation);

    public void Set<T>(T instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        _features[typeof(T)] = instance;
    }

    public T? Get<T>() => _features.TryGetValue(typeof(T), out var feature) ? (T)feature : default;

    public IEnumerator<KeyValuePair<Type, object>> GetEnumerator() => _features.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
