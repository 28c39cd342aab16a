using NCrontab;

namespace Darkroom.LocalHost.Timers;

/// <summary>When a timer function runs.</summary>
internal abstract class TimerSchedule
{
    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(10_000);

    /// <summary>The first occurrence after a point in time.</summary>
    public abstract DateTimeOffset Next(DateTimeOffset after, TimeZoneInfo zone);

    /// <summary>Reads six fields with seconds first, five fields, or a time span.</summary>
    /// <returns>Null with the reason when it is none of them, or never comes due.</returns>
    public static TimerSchedule? Parse(string text, out string problem)
    {
        problem = "";
        var fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var cron = fields.Length switch
        {
            6 => CrontabSchedule.TryParse(text, new CrontabSchedule.ParseOptions { IncludingSeconds = true }),
            5 => CrontabSchedule.TryParse($"0 {text.Trim()}", new CrontabSchedule.ParseOptions { IncludingSeconds = true }),
            _ => null,
        };
        if (cron is not null)
        {
            if (CronSchedule.Occurs(cron))
                return new CronSchedule(cron, runsEveryHour: fields[^4].StartsWith('*'));
            problem = $"the schedule '{text}' never comes due";
        }
        else if (!TimeSpan.TryParse(text, null, out var interval))
            problem = $"the schedule '{text}' is neither a cron expression of six fields (seconds first) or five, nor a time span";
        else if (interval > TimeSpan.Zero && interval <= LongestInterval)
            return new ConstantSchedule(interval);
        else
            problem = $"the schedule '{text}' must be longer than nothing and no longer than {LongestInterval.TotalDays} days";
        return null;
    }

    /// <summary>Whether it recurs so often that a missed occurrence is not worth making up for.</summary>
    public bool IsBelowAMinute(DateTimeOffset from, TimeZoneInfo zone)
    {
        const int Looks = 10;
        var occurrence = Next(from, zone);
        for (var look = 0; look < Looks; look++)
        {
            var following = Next(occurrence, zone);
            if (following - occurrence < TimeSpan.FromMinutes(1))
                return true;
            occurrence = following;
        }

        return false;
    }
}
