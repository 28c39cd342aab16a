using System.Collections.Immutable;
using System.Globalization;

namespace Darkroom.Jobs;

/// <summary>
/// The statuses and stages that a job went through. The timeline is part of the custom status, so each entry takes only about a dozen
/// characters. Entries keep their numbers when the oldest are dropped.
/// </summary>
/// <param name="First">The number of the oldest entry that is kept.</param>
/// <param name="Begin">The time of the very first entry. The times of all entries count from there.</param>
/// <param name="Entries">The entries: milliseconds, status, stage.</param>
public sealed record Timeline(int First, DateTime Begin, ImmutableArray<string> Entries)
{
    /// <summary>The maximum number of entries.</summary>
    public const int Most = 200;

    public static Timeline Empty { get; } = new(0, default, []);

    /// <summary>Adds an entry. The same status and stage twice in a row are one entry.</summary>
    public Timeline With(DateTime at, JobStatus status, string stage)
    {
        if (!Entries.IsEmpty && Read(Entries.Length - 1) is var last && last.Status == status && last.Stage == stage)
            return this;

        var begin = Begin == default ? new DateTime(at.Ticks - (at.Ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc) : Begin;
        var milliseconds = (at.Ticks - begin.Ticks) / TimeSpan.TicksPerMillisecond;
        var all = Entries.Add(string.Create(CultureInfo.InvariantCulture, $"{milliseconds:x}|{(int)status}|{JobStages.Shorten(stage)}"));
        return all.Length <= Most ? new(First, begin, all) : new(First + 1, begin, all.RemoveAt(0));
    }

    /// <summary>Drops the given number of the oldest entries.</summary>
    public Timeline WithoutOldest(int count) => this with { First = First + count, Entries = Entries.RemoveRange(0, count) };

    /// <summary>The entries, with their numbers.</summary>
    public IEnumerable<TimelineEntry> Read() => Enumerable.Range(0, Entries.Length).Select(Read);

    private TimelineEntry Read(int index)
    {
        var parts = Entries[index].Split('|', 3);
        var at = Begin.AddMilliseconds(long.Parse(parts[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        return new TimelineEntry(
            First + index, at, (JobStatus)int.Parse(parts[1], CultureInfo.InvariantCulture), JobStages.Lengthen(parts[2]));
    }
}

/// <summary>One entry of a timeline.</summary>
public sealed record TimelineEntry(int N, DateTime At, JobStatus Status, string Stage);
