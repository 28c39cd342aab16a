namespace Darkroom.Cli.Tests;

/// <summary>A clock whose timers fire at once, so that pauses between retries take no time.</summary>
internal sealed class HastyTime : TimeProvider
{
    private readonly List<TimeSpan> _waits = [];

    /// <summary>UTC, so that the names of files are the same everywhere.</summary>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>The requested waiting times.</summary>
    public IReadOnlyList<TimeSpan> Waits => _waits;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == Timeout.InfiniteTimeSpan)
            return base.CreateTimer(callback, state, dueTime, period);
        _waits.Add(dueTime);
        return base.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
