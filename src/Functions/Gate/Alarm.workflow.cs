using Microsoft.DurableTask;

namespace Darkroom.Gate;

/// <summary>One durable timer for one time: set anew only when the time changes, because each costs rows of history.</summary>
internal sealed class Alarm(TaskOrchestrationContext context) : IDisposable
{
    private CancellationTokenSource? _set;
    private DateTime? _at;
    private Task? _rings;

    /// <summary>Waits for <paramref name="other"/>, or until it rings.</summary>
    public async Task UntilAsync(DateTime? at, Task other)
    {
        if (at != _at || _rings is null or { IsCompleted: true })
            Set(at);
        await (_rings is null ? other : Task.WhenAny(other, _rings));
    }

    /// <summary>Nobody is woken any more: a timer that is left would keep its orchestration.</summary>
    public void Dispose()
    {
        _set?.Cancel();
        _set?.Dispose();
        (_set, _rings) = (null, null);
    }

    private void Set(DateTime? at)
    {
        Dispose();
        _at = at;
        if (at is not { } time)
            return;
        _set = new CancellationTokenSource();
        _rings = context.CreateTimer(time, _set.Token);
    }
}
