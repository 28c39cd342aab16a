namespace Darkroom.LocalHost.Engine;

/// <summary>Those who wait for something to change in an instance. They are woken, and look for themselves.</summary>
internal sealed class Waiters
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, TaskCompletionSource> _waiting = new(StringComparer.Ordinal);

    /// <summary>A task that completes with the next change. To be taken before looking, or a change in between is missed.</summary>
    public Task Next(string instanceId)
    {
        lock (_lock)
        {
            if (!_waiting.TryGetValue(instanceId, out var waiter))
                _waiting[instanceId] = waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return waiter.Task;
        }
    }

    public void Wake(string instanceId)
    {
        TaskCompletionSource? waiter;
        lock (_lock)
        {
            if (_waiting.Count == 0 || !_waiting.Remove(instanceId, out waiter))
                return;
        }

        waiter.SetResult();
    }
}
