using System.Collections.Immutable;
using System.Globalization;

namespace Darkroom.Generation;

/// <summary>
/// What became of a job, entry by entry. Kept short, because it stands in the custom status: each entry is a few characters. Entries keep
/// their numbers when the oldest are dropped.
/// </summary>
public sealed record Timeline(int First, ImmutableArray<string> Entries)
{
    /// <summary>The most entries that are kept.</summary>
    public const int Most = 200;

    /// <summary>Nothing yet.</summary>
    public static Timeline Empty { get; } = new(0, []);

    /// <summary>The number the next entry will have.</summary>
    public int Next => First + Entries.Length;

    /// <summary>One entry more; the same state twice in a row is one entry.</summary>
    public Timeline With(DateTime at, JobStatus status, string stage)
    {
        if (!Entries.IsEmpty && Read(Entries.Length - 1) is var last && last.Status == status && last.Stage == stage)
            return this;

        var milliseconds = at.Ticks / TimeSpan.TicksPerMillisecond;
        var all = Entries.Add(string.Create(CultureInfo.InvariantCulture, $"{milliseconds:x}|{(int)status}|{stage}"));
        return all.Length <= Most ? new(First, all) : new(First + 1, all.RemoveAt(0));
    }

    /// <summary>The entries, with their numbers.</summary>
    public IEnumerable<TimelineEntry> Read() => Enumerable.Range(0, Entries.Length).Select(Read);

    private TimelineEntry Read(int index)
    {
        var parts = Entries[index].Split('|', 3);
        var at = new DateTime(long.Parse(parts[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture) * TimeSpan.TicksPerMillisecond, DateTimeKind.Utc);
        return new TimelineEntry(First + index, at, (JobStatus)int.Parse(parts[1], CultureInfo.InvariantCulture), parts[2]);
    }
}

/// <summary>One thing that became of a job.</summary>
public sealed record TimelineEntry(int N, DateTime At, JobStatus Status, string Stage);
