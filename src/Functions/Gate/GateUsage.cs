using System.Collections.Immutable;

namespace Darkroom.Gate;

/// <summary>How busy the slots were in each minute of the last hour: the used and the available slot-seconds.</summary>
public sealed record GateUsage
{
    private const int Minutes = 60;

    /// <summary>The time up to which the usage is counted.</summary>
    public DateTime CountedTo { get; init; }

    /// <summary>The counted minutes, oldest first.</summary>
    public ImmutableArray<MinuteUsage> Counted { get; init; } = [];

    /// <summary>Counts the time since the last count, in which <paramref name="busy"/> of the slots were in use.</summary>
    public GateUsage Until(DateTime now, int busy, int slots)
    {
        if (CountedTo == default || now <= CountedTo)
            return this with { CountedTo = CountedTo == default ? now : CountedTo };

        var counted = Counted;
        // If the last count is long ago, only the last hour matters.
        var from = now - CountedTo > TimeSpan.FromMinutes(Minutes) ? now.AddMinutes(-Minutes) : CountedTo;
        while (from < now)
        {
            var minute = from.Ticks / TimeSpan.TicksPerMinute;
            var end = new DateTime((minute + 1) * TimeSpan.TicksPerMinute, DateTimeKind.Utc);
            var to = end < now ? end : now;
            counted = Add(counted, minute, (to - from).TotalSeconds, busy, slots);
            from = to;
        }

        var oldest = (now.Ticks / TimeSpan.TicksPerMinute) - Minutes;
        return this with { CountedTo = now, Counted = counted.RemoveAll(one => one.Minute < oldest) };
    }

    /// <summary>The used share of the slots over the last <paramref name="minutes"/>, from 0 to 1.</summary>
    public double Share(DateTime now, int minutes)
    {
        var oldest = (now.Ticks / TimeSpan.TicksPerMinute) - minutes;
        var counted = Counted.Where(one => one.Minute > oldest || minutes >= Minutes).ToArray();
        var there = counted.Sum(one => one.There);
        return there <= 0 ? 0 : Math.Clamp(counted.Sum(one => one.Used) / there, 0, 1);
    }

    private static ImmutableArray<MinuteUsage> Add(ImmutableArray<MinuteUsage> counted, long minute, double seconds, int busy, int slots)
    {
        var (used, there) = (seconds * Math.Min(busy, slots), seconds * slots);
        if (counted.Length > 0 && counted[^1] is var last && last.Minute == minute)
            return counted.SetItem(counted.Length - 1, last with { Used = Rounded(last.Used + used), There = Rounded(last.There + there) });
        return counted.Add(new MinuteUsage(minute, Rounded(used), Rounded(there)));
    }

    // Rounding saves space: the custom status contains an hour of these numbers.
    private static double Rounded(double seconds) => Math.Round(seconds, 3);
}

/// <summary>The used and the available slot-seconds of one minute. The minute is numbered from the year 1.</summary>
public sealed record MinuteUsage(long Minute, double Used, double There);
