using System.Collections.Immutable;

namespace Darkroom.Batches;

/// <summary>
/// The progress of a batch, as a value: each event gives a new state, and the next step depends only on the state and the time. Its size
/// does not depend on the number of items: finished items are in the results, and items that have not started are in storage.
/// </summary>
public sealed record BatchState
{
    /// <summary>The maximum number of items that one step starts or writes.</summary>
    public const int PageSize = 50;

    /// <summary>The maximum number of items that one step gives up.</summary>
    public const int CancelPageSize = 500;

    private static readonly TimeSpan WriteAfter = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan InspectEvery = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan InspectSoon = TimeSpan.FromSeconds(5);

    public required BatchTicket Ticket { get; init; }

    /// <summary>The position of the next item in the blob of items, in bytes.</summary>
    public long Next { get; init; }

    /// <summary>The number of items that were started or given up.</summary>
    public int Begun { get; init; }

    /// <summary>The keys of items whose jobs wait or run, in the order in which they were started.</summary>
    public ImmutableArray<string> InFlight { get; init; } = [];

    /// <summary>The keys of items whose jobs have ended, but which have no result line yet.</summary>
    public ImmutableArray<string> Ended { get; init; } = [];

    /// <summary>Since when <see cref="Ended"/> waits to be written.</summary>
    public DateTime EndedSince { get; init; }

    /// <summary>The number of items written as succeeded.</summary>
    public int Succeeded { get; init; }

    /// <summary>The number of items written as failed, including unknown and expired ones.</summary>
    public int Failed { get; init; }

    /// <summary>The number of written items for which it is unknown whether upstream accepted them.</summary>
    public int Unknown { get; init; }

    /// <summary>The number of items written as canceled.</summary>
    public int Canceled { get; init; }

    /// <summary>The known length of the results, in bytes.</summary>
    public long ResultsAt { get; init; }

    /// <summary>The known length of the errors, in bytes.</summary>
    public long ErrorsAt { get; init; }

    /// <summary>The number of slots of the gate.</summary>
    public int Slots { get; init; } = 1;

    public bool CancelRequested { get; init; }

    /// <summary>Whether the cancel keeps late pictures.</summary>
    public bool KeepsLate { get; init; }

    /// <summary>
    /// The number of items in a start that failed. Some of their jobs may run, so this start is repeated before any other step.
    /// </summary>
    public int StartInDoubt { get; init; }

    /// <summary>When the items in flight are next checked for jobs that ended without a message.</summary>
    public DateTime InspectAt { get; init; }

    public BatchPace Pace { get; init; } = new();

    /// <summary>The number of writes of result lines. It is the id of the batch's events.</summary>
    public int Version { get; init; }

    /// <summary>The number of items that have a result line.</summary>
    public int Done => Succeeded + Failed + Canceled;

    // Large enough that no slot waits for the start of a page, and small enough that one batch does not fill the queue of the gate.
    private int Window => Slots <= 256 ? Math.Max(32, 3 * Slots) : Slots + 512;

    /// <summary>The next step.</summary>
    public BatchStep NextStep(DateTime now)
    {
        var isAllBegun = Begun >= Ticket.Total;
        if (!isAllBegun && StartInDoubt > 0)
            return new BatchStep.Start(StartInDoubt);
        if (!isAllBegun && !CancelRequested && InFlight.Length <= Window * 3 / 4)
            return new BatchStep.Start(Math.Min(Window - InFlight.Length, PageSize));
        if (Ended.Length >= PageSize || (Ended.Length > 0 && (InFlight.IsEmpty || now >= EndedSince + WriteAfter)))
            return new BatchStep.WriteDown(Math.Min(Ended.Length, PageSize));
        if (!isAllBegun && CancelRequested)
            return new BatchStep.GiveUp(CancelPageSize);
        if (isAllBegun && InFlight.IsEmpty && Ended.IsEmpty)
            return new BatchStep.Finish();
        if (!InFlight.IsEmpty && now >= InspectAt)
            return new BatchStep.Inspect(PageSize);
        var write = Ended.IsEmpty ? DateTime.MaxValue : EndedSince + WriteAfter;
        return new BatchStep.Wait(write < InspectAt ? write : InspectAt);
    }

    /// <summary>Records that a job ended. A job that is not in flight changes nothing.</summary>
    public BatchState End(string key, DateTime now) => InFlight.Contains(key)
        ? this with { InFlight = InFlight.Remove(key), Ended = Ended.Add(key), EndedSince = Ended.IsEmpty ? now : EndedSince }
        : this;

    /// <summary>Records the items that were started.</summary>
    public BatchState Started(StartedItems started, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(started);
        return this with
        {
            Next = started.Next,
            // If the blob has fewer items than were counted, there is nothing left to start.
            Begun = started.Keys.Count == 0 ? Ticket.Total : Begun + started.Keys.Count,
            InFlight = InFlight.AddRange(started.Keys),
            InspectAt = InFlight.IsEmpty ? now + InspectEvery : InspectAt,
            Slots = started.Slots,
            StartInDoubt = 0,
        };
    }

    /// <summary>Records the items that were written. Items whose jobs still run are in flight again, until their jobs end.</summary>
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

    /// <summary>Records the items that were given up before they were started.</summary>
    public BatchState GaveUp(GivenUpItems given, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(given);
        var begun = given.Written.Asked == 0 ? Ticket.Total : Begun + given.Written.Asked;
        return Count(given.Written, now) with { Next = given.Next, Begun = begun };
    }

    /// <summary>Records an inspection: the jobs of these items ended without a message.</summary>
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
