using Microsoft.DurableTask;

namespace Darkroom.Durable;

/// <summary>
/// One durable timer for the next time at which something is due. A timer cannot be taken back: canceled or not, its message comes, and
/// costs
/// a run of the orchestration. So one that rings sooner than needed is left as it is, and set anew when it has rung.
/// </summary>
internal sealed class Alarm(TaskOrchestrationContext context) : IDisposable
{
    // Less would be no wait at all.
    private static readonly TimeSpan AfterEarlyRing = TimerResolution.Fit(TimeSpan.FromSeconds(TimerResolution.Seconds));

    private CancellationTokenSource? _set;
    private DateTime _at;
    private Task? _rings;

    /// <summary>Whether a timer is under way.</summary>
    public bool IsSet => _rings is { IsCompleted: false };

    /// <summary>Waits for <paramref name="other"/>, or until it rings: at <paramref name="at"/> or sooner.</summary>
    public async Task UntilAsync(DateTime? at, Task other)
    {
        if (at is { } time && !(IsSet && _at <= time))
        {
            // Rang early: set for what is left of it, it would ring at once, again and again.
            var isEarly = time == _at && _rings is { IsCompleted: true };
            Set(isEarly && time < context.CurrentUtcDateTime + AfterEarlyRing ? context.CurrentUtcDateTime + AfterEarlyRing : time);
            _at = time;
        }

        await (IsSet ? Task.WhenAny(other, _rings!) : other);
    }

    /// <summary>Nobody is woken any more: a timer that is left would keep its orchestration.</summary>
    public void Dispose()
    {
        _set?.Cancel();
        _set?.Dispose();
        (_set, _rings) = (null, null);
    }

    private void Set(DateTime time)
    {
        Dispose();
        _set = new CancellationTokenSource();
        _rings = context.CreateTimer(time, _set.Token);
    }
}
