using System.Collections.Immutable;
using System.Globalization;

namespace Darkroom.Jobs;

/// <summary>
/// What became of a job, entry by entry. Kept short, because it stands in the custom status: each entry is a dozen characters. Entries keep
/// their numbers when the oldest are dropped.
/// </summary>
/// <param name="First">The number of the oldest entry that is kept.</param>
/// <param name="Begin">When the first entry of all was made; the entries count from there.</param>
/// <param name="Entries">The entries: milliseconds, state, stage.</param>
public sealed record Timeline(int First, DateTime Begin, ImmutableArray<string> Entries)
{
    /// <summary>The most entries that are kept.</summary>
    public const int Most = 200;

    /// <summary>Nothing yet.</summary>
    public static Timeline Empty { get; } = new(0, default, []);

    /// <summary>One entry more; the same state twice in a row is one entry.</summary>
    public Timeline With(DateTime at, JobStatus status, string stage)
    {
        if (!Entries.IsEmpty && Read(Entries.Length - 1) is var last && last.Status == status && last.Stage == stage)
            return this;

        var begin = Begin == default ? new DateTime(at.Ticks - (at.Ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc) : Begin;
        var milliseconds = (at.Ticks - begin.Ticks) / TimeSpan.TicksPerMillisecond;
        var all = Entries.Add(string.Create(CultureInfo.InvariantCulture, $"{milliseconds:x}|{(int)status}|{JobStages.Shorten(stage)}"));
        return all.Length <= Most ? new(First, begin, all) : new(First + 1, begin, all.RemoveAt(0));
    }

    /// <summary>The same without so many of the oldest entries.</summary>
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

/// <summary>One thing that became of a job.</summary>
public sealed record TimelineEntry(int N, DateTime At, JobStatus Status, string Stage);
