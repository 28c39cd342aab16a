using System.Text.Json.Serialization;
using Darkroom.Batches;
using Darkroom.Gate;

namespace Darkroom.Api.Batches;

/// <summary>A batch as it is told over HTTP.</summary>
public sealed record BatchView
{
    /// <summary>The id.</summary>
    public required string Id { get; init; }

    /// <summary>The state.</summary>
    public required BatchStatus Status { get; init; }

    /// <summary>How many items are where; they add up to the total.</summary>
    public required BatchCounts Counts { get; init; }

    /// <summary>Of the failed, so many of which nobody knows whether upstream accepted them.</summary>
    public required int Unknown { get; init; }

    /// <summary>Lines that were not valid and were left out.</summary>
    public required int Skipped { get; init; }

    /// <summary>Items a minute of late; null while nothing was measured.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double? RatePerMinute { get; init; }

    /// <summary>How long it will take at that rate; null while nobody knows, and once it is over.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int? EtaSeconds { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When anything last changed.</summary>
    public required DateTime UpdatedAt { get; init; }

    /// <summary>The batch whose failures it tries again.</summary>
    public string? Parent { get; init; }

    /// <summary>The batches that try its failures again.</summary>
    public IReadOnlyList<string>? Children { get; init; }

    /// <summary>Where to go from here.</summary>
    public required BatchLinks Links { get; init; }

    /// <summary>The view of <paramref name="batch"/>.</summary>
    public static BatchView Of(BatchRecord batch, IReadOnlyList<string> children, GateSnapshot? gate, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(children);
        var (ticket, shown) = (batch.Ticket, batch.Shown);
        var counts = BatchCounts.Of(ticket, shown, gate);
        var rate = shown.Pace.PerMinute(ticket.CreatedAt, now);
        return new BatchView
        {
            Id = ticket.BatchId,
            Status = shown.IsFinished ? BatchStatus.Finished : shown.CancelRequested ? BatchStatus.Canceling : BatchStatus.Running,
            Counts = counts,
            Unknown = shown.Unknown,
            Skipped = ticket.Skipped,
            RatePerMinute = rate is { } measured ? Math.Round(measured, 1) : null,
            EtaSeconds = shown.IsFinished ? null : Eta(ticket, counts.Queued + counts.Running, rate, gate, now),
            CreatedAt = ticket.CreatedAt,
            UpdatedAt = batch.UpdatedAt,
            Parent = ticket.Parent,
            Children = children.Count > 0 ? children : null,
            Links = new BatchLinks(ticket.BatchId),
        };
    }

    // What was measured is what the slots really gave it, others and pauses included. Before that: what upstream needs, shared with those
    // who wait too.
    private static int? Eta(BatchTicket ticket, int left, double? rate, GateSnapshot? gate, DateTime now)
    {
        // Nobody knows when there will be credits again.
        if (gate?.CoolDown is { Reason: CoolDownReason.Credits })
            return null;
        var pause = gate?.CoolDown is { } coolDown && coolDown.Until > now ? (coolDown.Until - now).TotalSeconds : 0;
        var sharing = Math.Max(1, gate?.WaitingByGroup.Count ?? 1);
        var work = rate is { } measured
            ? left / measured * 60
            : ticket.ExpectedSeconds * left / Math.Max(1, ticket.Total) * sharing / Math.Max(1, gate?.Slots ?? 1);
        return (int)Math.Min(int.MaxValue, Math.Ceiling(pause + work));
    }
}

/// <summary>The states of a batch.</summary>
public enum BatchStatus
{
    /// <summary>Items are started, run or wait.</summary>
    Running,

    /// <summary>Nothing is submitted any more; what is upstream comes to its end.</summary>
    Canceling,

    /// <summary>Every item is in the results or in the errors.</summary>
    Finished,
}

/// <summary>How many items are where.</summary>
public sealed record BatchCounts(int Total, int Queued, int Running, int Succeeded, int Failed, int Canceled)
{
    internal static BatchCounts Of(BatchTicket ticket, BatchSnapshot shown, GateSnapshot? gate)
    {
        // Of those that were started the gate knows who waits, and how many have a slot.
        var waiting = gate switch
        {
            null => shown.InFlight,
            _ when gate.WaitingByGroup.TryGetValue(ticket.BatchId, out var known) => known,
            // Of many batches it tells only of those that wait most; of another, nothing is known.
            _ => gate.HasMoreGroups ? shown.InFlight : 0,
        };
        var running = shown.IsFinished ? 0 : Math.Clamp(shown.InFlight - waiting, 0, gate?.InUse ?? 0) + shown.Ended;
        var done = shown.Succeeded + shown.Failed + shown.Canceled;
        return new BatchCounts(ticket.Total, ticket.Total - done - running, running, shown.Succeeded, shown.Failed, shown.Canceled);
    }
}

/// <summary>Where to go from a batch.</summary>
public sealed record BatchLinks(string Self, string Results, string Errors, string Retry, string Cancel, string Events)
{
    internal BatchLinks(string id)
        : this(
            $"/api/batches/{id}",
            $"/api/batches/{id}/results",
            $"/api/batches/{id}/errors",
            $"/api/batches/{id}/retry",
            $"/api/batches/{id}",
            $"/api/batches/{id}/events")
    {
    }
}
