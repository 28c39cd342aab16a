using NCrontab;

namespace Darkroom.LocalHost.Timers;

/// <summary>A cron expression, read on the clock of a time zone.</summary>
/// <param name="cron">The expression, with seconds.</param>
/// <param name="runsEveryHour">Whether it does not name hours: then the hour that comes twice when clocks go back counts twice.</param>
internal sealed class CronSchedule(CrontabSchedule cron, bool runsEveryHour) : TimerSchedule
{
    /// <summary>False for a date that no year has.</summary>
    public static bool Occurs(CrontabSchedule cron) => cron.GetNextOccurrence(new DateTime(2000, 1, 1), new DateTime(2100, 1, 1)) < new DateTime(2100, 1, 1);

    public override DateTimeOffset Next(DateTimeOffset after, TimeZoneInfo zone)
    {
        var offset = zone.GetUtcOffset(after);
        var clock = cron.GetNextOccurrence(after.ToOffset(offset).DateTime);
        var next = new DateTimeOffset(clock, offset);
        var changed = zone.GetUtcOffset(next);
        if (changed == offset)
            return next;

        // The clocks are changed on the way there.
        if (changed < offset && runsEveryHour)
            return new DateTimeOffset(cron.GetNextOccurrence(next.ToOffset(changed).DateTime.AddSeconds(-1)), changed);

        // A time that is skipped comes as long after the change as it would have come without.
        return zone.IsInvalidTime(DateTime.SpecifyKind(clock, DateTimeKind.Unspecified)) ? next : new DateTimeOffset(clock, changed);
    }
}
