using Microsoft.DurableTask;

namespace Darkroom.LocalHost.Replay;

/// <summary>
/// Events and those who wait for them. The rules are the real engine's, also where they surprise: the latest waiter of a name gets the
/// event, and a waiter that was cancelled still stands in line, so that an event given to it is lost.
/// </summary>
internal sealed class ExternalEvents(DataConverter converter)
{
    private readonly Dictionary<string, Stack<(OpenTask Task, Type Type)>> _waiting = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Queue<string?>> _buffered = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _order = [];

    /// <summary>Whether anybody waits, also in vain.</summary>
    public bool HasWaiters => _waiting.Count > 0;

    /// <summary>What nobody has waited for, in the order in which it came.</summary>
    public IEnumerable<(string Name, string? Input)> Unclaimed()
    {
        var left = _buffered.ToDictionary(buffered => buffered.Key, buffered => new Queue<string?>(buffered.Value), StringComparer.OrdinalIgnoreCase);
        foreach (var name in _order)
        {
            if (left.TryGetValue(name, out var queue) && queue.TryDequeue(out var input))
                yield return (name, input);
        }
    }

    public Task<T> Wait<T>(string name, CancellationToken cancellation)
    {
        var waiters = _waiting.TryGetValue(name, out var found) ? found : _waiting[name] = new();
        if (waiters.TryPeek(out var other) && other.Type != typeof(T))
        {
            throw new ArgumentException(
                $"The event '{name}' is waited for as {other.Type} already; all waits for a name must ask for the same type, not {typeof(T)}.", nameof(name));
        }

        var wait = new OpenTask<T>(converter);
        waiters.Push((wait, typeof(T)));
        if (_buffered.TryGetValue(name, out var buffer))
        {
            var input = buffer.Dequeue();
            _order.RemoveAt(_order.FindIndex(kept => string.Equals(kept, name, StringComparison.OrdinalIgnoreCase)));
            if (buffer.Count == 0)
                _buffered.Remove(name);
            Give(name, waiters, input);
        }

        cancellation.Register(static state => ((OpenTask)state!).Cancel(), wait);
        return wait.Task;
    }

    public void Raise(string name, string? input)
    {
        if (_waiting.TryGetValue(name, out var waiters))
        {
            Give(name, waiters, input);
            return;
        }

        if (!_buffered.TryGetValue(name, out var buffer))
            _buffered[name] = buffer = new();
        buffer.Enqueue(input);
        _order.Add(name);
    }

    private void Give(string name, Stack<(OpenTask Task, Type Type)> waiters, string? input)
    {
        var (task, _) = waiters.Pop();
        if (waiters.Count == 0)
            _waiting.Remove(name);
        task.Succeed(input);
    }
}
