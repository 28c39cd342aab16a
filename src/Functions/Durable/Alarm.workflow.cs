using Microsoft.DurableTask;

namespace Darkroom.Durable;

/// <summary>
/// One durable timer for the next due time. A durable timer cannot be withdrawn: even if it is canceled, its message arrives and costs a
/// run of the orchestration. So a timer that fires earlier than needed is kept, and a new one is set after it has fired.
/// </summary>
internal sealed class Alarm(TaskOrchestrationContext context) : IDisposable
{
    // A shorter timer would fire at once.
    private static readonly TimeSpan AfterEarlyRing = TimerResolution.Fit(TimeSpan.FromSeconds(TimerResolution.Seconds));

    private CancellationTokenSource? _set;
    private DateTime _at;
    private Task? _rings;

    /// <summary>Whether a timer is pending.</summary>
    public bool IsSet => _rings is { IsCompleted: false };

    /// <summary>Waits for <paramref name="other"/> or for the timer, which fires at <paramref name="at"/> or earlier.</summary>
    public async Task UntilAsync(DateTime? at, Task other)
    {
        if (at is { } time && !(IsSet && _at <= time))
        {
            // The timer has fired early. A timer for the short rest would fire at once, again and again.
            var isEarly = time == _at && _rings is { IsCompleted: true };
            Set(isEarly && time < context.CurrentUtcDateTime + AfterEarlyRing ? context.CurrentUtcDateTime + AfterEarlyRing : time);
            _at = time;
        }

        await (IsSet ? Task.WhenAny(other, _rings!) : other);
    }

    /// <summary>Cancels the timer. A pending timer would keep the orchestration from completing.</summary>
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
