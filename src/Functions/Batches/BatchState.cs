using System.Collections.Immutable;

namespace Darkroom.Batches;

/// <summary>
/// Where a batch stands. A value: everything that happens to it gives a new one, and what is to be done next follows from it alone. It is
/// small whatever the size of the batch: items before it are in the results, items behind it in storage.
/// </summary>
public sealed record BatchState
{
    /// <summary>The most items that are started, or written down, in one go.</summary>
    public const int PageSize = 50;

    /// <summary>The most items that are given up in one go.</summary>
    public const int CancelPageSize = 500;

    private static readonly TimeSpan WriteAfter = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan InspectEvery = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan InspectSoon = TimeSpan.FromSeconds(5);

    /// <summary>What it began with.</summary>
    public required BatchTicket Ticket { get; init; }

    /// <summary>Where in the items the next one begins, in bytes.</summary>
    public long Next { get; init; }

    /// <summary>How many items were started or given up.</summary>
    public int Begun { get; init; }

    /// <summary>Items whose jobs run or wait, in the order they were started.</summary>
    public ImmutableArray<string> InFlight { get; init; } = [];

    /// <summary>Items whose jobs are over, and which are not written down yet.</summary>
    public ImmutableArray<string> Ended { get; init; } = [];

    /// <summary>Since when the first of those waits.</summary>
    public DateTime EndedSince { get; init; }

    /// <summary>Items written down as succeeded.</summary>
    public int Succeeded { get; init; }

    /// <summary>Items written down as failed, the unknown and the expired among them.</summary>
    public int Failed { get; init; }

    /// <summary>Items written down of which nobody knows whether upstream accepted them.</summary>
    public int Unknown { get; init; }

    /// <summary>Items written down as canceled.</summary>
    public int Canceled { get; init; }

    /// <summary>How long the results are, in bytes.</summary>
    public long ResultsAt { get; init; }

    /// <summary>How long the errors are, in bytes.</summary>
    public long ErrorsAt { get; init; }

    /// <summary>How many may talk upstream at once.</summary>
    public int Slots { get; init; } = 1;

    /// <summary>Somebody wants it given up.</summary>
    public bool CancelRequested { get; init; }

    /// <summary>Given up, whether what upstream still finishes is kept.</summary>
    public bool KeepsLate { get; init; }

    /// <summary>So many were being started when that failed: some of them may have begun, so first of all it is done again.</summary>
    public int StartInDoubt { get; init; }

    /// <summary>When it is next seen to that those in flight are still there.</summary>
    public DateTime InspectAt { get; init; }

    /// <summary>How fast it went of late.</summary>
    public BatchPace Pace { get; init; } = new();

    /// <summary>How often anything was written down; the number of an event.</summary>
    public int Version { get; init; }

    /// <summary>Items that are written down.</summary>
    public int Done => Succeeded + Failed + Canceled;

    // Enough that no slot waits for a page to be started, and not so many that the gate's queue is all of one batch.
    private int Window => Slots <= 256 ? Math.Max(32, 3 * Slots) : Slots + 512;

    /// <summary>What is to be done now.</summary>
    public BatchStep NextStep(DateTime now)
    {
        var isAllBegun = Begun >= Ticket.Total;
        if (!isAllBegun && StartInDoubt > 0)
            return new BatchStep(BatchAct.Start, StartInDoubt);
        if (!isAllBegun && !CancelRequested && InFlight.Length <= Window * 3 / 4)
            return new BatchStep(BatchAct.Start, Math.Min(Window - InFlight.Length, PageSize));
        if (Ended.Length >= PageSize || (Ended.Length > 0 && (InFlight.IsEmpty || now >= EndedSince + WriteAfter)))
            return new BatchStep(BatchAct.WriteDown, Math.Min(Ended.Length, PageSize));
        if (!isAllBegun && CancelRequested)
            return new BatchStep(BatchAct.GiveUp, CancelPageSize);
        if (isAllBegun && InFlight.IsEmpty && Ended.IsEmpty)
            return new BatchStep(BatchAct.Finish);
        if (!InFlight.IsEmpty && now >= InspectAt)
            return new BatchStep(BatchAct.Inspect, PageSize);
        var write = Ended.IsEmpty ? DateTime.MaxValue : EndedSince + WriteAfter;
        return new BatchStep(BatchAct.Wait) { Until = write < InspectAt ? write : InspectAt };
    }

    /// <summary>A job is over. Of one that is not in flight nothing new was told.</summary>
    public BatchState End(string key, DateTime now) => InFlight.Contains(key)
        ? this with { InFlight = InFlight.Remove(key), Ended = Ended.Add(key), EndedSince = Ended.IsEmpty ? now : EndedSince }
        : this;

    /// <summary>Some jobs were started.</summary>
    public BatchState Started(StartedItems started, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(started);
        return this with
        {
            Next = started.Next,
            // A file that ends before its time has no more items, whatever was counted.
            Begun = started.Keys.Count == 0 ? Ticket.Total : Begun + started.Keys.Count,
            InFlight = InFlight.AddRange(started.Keys),
            InspectAt = InFlight.IsEmpty ? now + InspectEvery : InspectAt,
            Slots = started.Slots,
            StartInDoubt = 0,
        };
    }

    /// <summary>Some items were written down; of those that turned out to run, the end will be told again.</summary>
    public BatchState WroteDown(WrittenItems written, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(written);
        var stillRunning = written.StillRunning.ToHashSet(StringComparer.Ordinal);
        var soon = now + InspectSoon;
        return Count(written, now) with
        {
            Ended = Ended.RemoveRange(0, Math.Min(written.Asked, Ended.Length)),
            EndedSince = now,
            InFlight = InFlight.InsertRange(0, stillRunning),
            InspectAt = stillRunning.Count > 0 && soon < InspectAt ? soon : InspectAt,
        };
    }

    /// <summary>Some items were given up before they were begun.</summary>
    public BatchState GaveUp(GivenUpItems given, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(given);
        return Count(
            given.Written, now) with { Next = given.Next, Begun = given.Written.Asked == 0 ? Ticket.Total : Begun + given.Written.Asked };
    }

    /// <summary>It was looked around: these are over and did not say so.</summary>
    public BatchState Inspected(IEnumerable<string> ended, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(ended);
        return ended.Aggregate(this with { InspectAt = now + InspectEvery }, (state, key) => state.End(key, now));
    }

    private BatchState Count(WrittenItems written, DateTime now) => this with
    {
        Succeeded = Succeeded + written.Succeeded,
        Failed = Failed + written.Failed,
        Unknown = Unknown + written.Unknown,
        Canceled = Canceled + written.Canceled,
        ResultsAt = written.ResultsAt,
        ErrorsAt = written.ErrorsAt,
        Pace = Pace.With(written.Succeeded + written.Failed + written.Canceled, now),
        Version = Version + 1,
    };
}
