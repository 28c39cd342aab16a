namespace Darkroom.LocalHost.Timers;

/// <summary>What is remembered of a schedule from one start to the next.</summary>
/// <param name="Last">The last occurrence that ran; the default when none has.</param>
/// <param name="Next">The one after it.</param>
/// <param name="LastUpdated">When this was written.</param>
internal sealed record TimerStatus(DateTimeOffset Last, DateTimeOffset Next, DateTimeOffset LastUpdated)
{
    public static TimerStatus First(TimerSchedule schedule, DateTimeOffset now, TimeZoneInfo zone) => new(default, schedule.Next(now, zone), now);

    /// <summary>After a run.</summary>
    public static TimerStatus After(DateTimeOffset ran, TimerSchedule schedule, TimeZoneInfo zone) => new(ran, schedule.Next(ran, zone), ran);

    /// <summary>What it is at a start: the schedule may have been changed, and an occurrence may have been missed.</summary>
    public TimerStatus AtStart(TimerSchedule schedule, DateTimeOffset now, TimeZoneInfo zone, out bool isPastDue)
    {
        var before = Last == default ? LastUpdated : Last;
        var expected = schedule.Next(before, zone);
        var status = this;
        if (expected != Next)
        {
            // A new schedule begins now: it has missed nothing.
            status = new TimerStatus(default, now > expected ? schedule.Next(now, zone) : expected, before);
        }

        isPastDue = now > status.Next;
        return status;
    }
}
