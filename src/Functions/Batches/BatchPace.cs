using System.Collections.Immutable;

namespace Darkroom.Batches;

/// <summary>How many items ended in each of the last ten minutes.</summary>
public sealed record BatchPace
{
    private const int Minutes = 10;

    /// <summary>The minutes in which items ended, oldest first.</summary>
    public ImmutableArray<MinuteOfItems> Counted { get; init; } = [];

    /// <summary>Adds items that ended.</summary>
    public BatchPace With(int items, DateTime now)
    {
        if (items == 0)
            return this;
        var minute = now.Ticks / TimeSpan.TicksPerMinute;
        var kept = Counted.RemoveAll(one => one.Minute <= minute - Minutes);
        return new BatchPace
        {
            Counted = kept.Length > 0
                && kept[^1].Minute == minute
                    ? kept.SetItem(kept.Length - 1, kept[^1] with { Items = kept[^1].Items + items })
                    : kept.Add(new MinuteOfItems(minute, items)),
        };
    }

    /// <summary>
    /// Items per minute over the last ten minutes, or since the beginning if that is later; null if none ended in that time.
    /// </summary>
    public double? PerMinute(DateTime begin, DateTime now)
    {
        var minute = now.Ticks / TimeSpan.TicksPerMinute;
        var items = Counted.Where(one => one.Minute > minute - Minutes).Sum(one => one.Items);
        if (items == 0)
            return null;
        var from = new DateTime((minute - Minutes + 1) * TimeSpan.TicksPerMinute, DateTimeKind.Utc);
        var passed = now - (begin > from ? begin : from);
        return items / Math.Max(passed.TotalMinutes, 1.0 / 60);
    }
}

/// <summary>The number of items that ended in one minute.</summary>
public sealed record MinuteOfItems(long Minute, int Items);
