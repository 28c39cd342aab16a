using System.Text.Json.Serialization;
using Darkroom.Batches;
using Darkroom.Gate;
using Darkroom.Usage;

namespace Darkroom.Api.Batches;

/// <summary>A batch as the HTTP API returns it.</summary>
public sealed record BatchView
{
    public required string Id { get; init; }

    public required BatchStatus Status { get; init; }

    /// <summary>The number of items in each state; the numbers add up to the total.</summary>
    public required BatchCounts Counts { get; init; }

    /// <summary>How many of the failed items have a submit with an unknown outcome.</summary>
    public required int Unknown { get; init; }

    /// <summary>The number of invalid lines that were skipped.</summary>
    public required int Skipped { get; init; }

    /// <summary>The recent rate of finished items; null before the first measurement.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double? RatePerMinute { get; init; }

    /// <summary>The remaining time at that rate; null while it is unknown, and after the end.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int? EtaSeconds { get; init; }

    /// <summary>What the items cost. Items that may still bring a picture count in the highest cost only.</summary>
    public required CreditRange Credits { get; init; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>The time of the last change of any kind.</summary>
    public required DateTime UpdatedAt { get; init; }

    /// <summary>The batch whose failed items this batch retries.</summary>
    public string? Parent { get; init; }

    /// <summary>The batches that retry failed items of this batch.</summary>
    public IReadOnlyList<string>? Children { get; init; }

    public required BatchLinks Links { get; init; }

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
            Credits = CreditRange.Of(shown.Succeeded, ticket.Total - shown.Canceled),
            CreatedAt = ticket.CreatedAt,
            UpdatedAt = batch.UpdatedAt,
            Parent = ticket.Parent,
            Children = children.Count > 0 ? children : null,
            Links = new BatchLinks(ticket.BatchId),
        };
    }

    // The measured rate already includes other batches and cool-downs. Before the first measurement, the estimate is the expected time at
    // ModelScope, shared with the other waiting batches.
    private static int? Eta(BatchTicket ticket, int left, double? rate, GateSnapshot? gate, DateTime now)
    {
        // The time at which credits return, or at which an operator resumes, is unknown.
        if (gate is { CoolDown.Reason: CoolDownReason.Credits } or { Paused.Until: null, Paused: not null })
            return null;
        DateTime?[] ends = [gate?.CoolDown?.Until, gate?.Paused?.Until, gate?.Budget.IsUsedUp(now) == true ? gate.Budget.ResetsAt : null];
        var pause = Math.Max(0, ((ends.Max() ?? now) - now).TotalSeconds);
        var sharing = Math.Max(1, gate?.WaitingByGroup.Count ?? 1);
        var work = rate is { } measured
            ? left / measured * 60
            : ticket.ExpectedSeconds * left / Math.Max(1, ticket.Total) * sharing / Math.Max(1, gate?.Slots ?? 1);
        return (int)Math.Min(int.MaxValue, Math.Ceiling(pause + work));
    }
}

public enum BatchStatus
{
    /// <summary>Items wait, start or run.</summary>
    Running,

    /// <summary>Nothing more is submitted; tasks that are upstream run to their end.</summary>
    Canceling,

    /// <summary>Every item is in the results or in the errors.</summary>
    Finished,
}

/// <summary>The number of items in each state.</summary>
public sealed record BatchCounts(int Total, int Queued, int Running, int Succeeded, int Failed, int Canceled)
{
    internal static BatchCounts Of(BatchTicket ticket, BatchSnapshot shown, GateSnapshot? gate)
    {
        // The gate knows how many of the started items wait, and how many slots are in use.
        var waiting = gate switch
        {
            null => shown.InFlight,
            _ when gate.WaitingByGroup.TryGetValue(ticket.BatchId, out var known) => known,
            // The snapshot has room only for the batches with the most waiting tasks. If some are missing, all items count as waiting.
            _ => gate.HasMoreGroups ? shown.InFlight : 0,
        };
        var running = shown.IsFinished ? 0 : Math.Clamp(shown.InFlight - waiting, 0, gate?.InUse ?? 0) + shown.Ended;
        var done = shown.Succeeded + shown.Failed + shown.Canceled;
        return new BatchCounts(ticket.Total, ticket.Total - done - running, running, shown.Succeeded, shown.Failed, shown.Canceled);
    }
}

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
