using Microsoft.DurableTask;

namespace Darkroom.Gate;

/// <summary>One durable timer for one time: set anew only when the time changes, because each costs rows of history.</summary>
internal sealed class Alarm(TaskOrchestrationContext context) : IDisposable
{
    // Timers of the Azure Storage provider fire up to a second before their time.
    private static readonly TimeSpan AfterEarlyRing = TimeSpan.FromSeconds(1);

    private CancellationTokenSource? _set;
    private DateTime? _at;
    private Task? _rings;

    /// <summary>Waits for <paramref name="other"/>, or until it rings.</summary>
    public async Task UntilAsync(DateTime? at, Task other)
    {
        // Rang early: set for what is left of it, it would ring at once, again and again.
        var isEarly = at == _at && _rings is { IsCompleted: true };
        if (at != _at || _rings is null or { IsCompleted: true })
            Set(at, isEarly ? context.CurrentUtcDateTime + AfterEarlyRing : DateTime.MinValue);
        await (_rings is null ? other : Task.WhenAny(other, _rings));
    }

    /// <summary>Nobody is woken any more: a timer that is left would keep its orchestration.</summary>
    public void Dispose()
    {
        _set?.Cancel();
        _set?.Dispose();
        (_set, _rings) = (null, null);
    }

    private void Set(DateTime? at, DateTime soonest)
    {
        Dispose();
        _at = at;
        if (at is not { } time)
            return;
        _set = new CancellationTokenSource();
        _rings = context.CreateTimer(time < soonest ? soonest : time, _set.Token);
    }
}
