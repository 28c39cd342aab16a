using System.Collections.Immutable;
using Darkroom.Requests;

namespace Darkroom.Gate;

/// <summary>
/// The state of the gate: which jobs have a slot, which wait, and whether submits are paused. It is immutable: each event returns a new
/// state and the answers to send. The interactive lane goes before bulk, but after <see cref="PeopleInARow"/> of its tickets one of bulk is
/// served. Within bulk, batches take turns. Otherwise the order is first in, first out.
/// </summary>
public sealed partial record GateState
{
    /// <summary>How many interactive tickets are served in a row while bulk waits, before one of bulk is served.</summary>
    public const int PeopleInARow = 4;

    private static readonly TimeSpan InspectEvery = TimeSpan.FromSeconds(30);

    // An operator who paused waits for the last submits.
    private static readonly TimeSpan InspectEveryInPause = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan TryAnyway = TimeSpan.FromHours(1);
    private static readonly TimeSpan AfterFailedLook = TimeSpan.FromMinutes(1);

    /// <summary>How many jobs may have a task upstream at once.</summary>
    public int Slots { get; init; } = 1;

    /// <summary>The jobs that wait, in the order in which they came.</summary>
    public ImmutableArray<GateTicket> Waiting { get; init; } = [];

    /// <summary>The jobs that have a slot.</summary>
    public ImmutableArray<GateHolder> Holders { get; init; } = [];

    /// <summary>
    /// How many holders may be submitting their task at this moment. The others are known to have submitted it.
    /// </summary>
    public int Submitting => Holders.Count(holder => !holder.HasSubmitted);

    /// <summary>When the gate started; ContinueAsNew does not change it.</summary>
    public DateTime BegunAt { get; init; }

    /// <summary>How many tickets have joined since the gate started.</summary>
    public long Asked { get; init; }

    /// <summary>Why no submit is allowed, and until when; null while submits are allowed.</summary>
    public CoolDown? CoolDown { get; init; }

    /// <summary>The number of consecutive refusals by upstream. Pauses grow with it.</summary>
    public int Refusals { get; init; }

    /// <summary>How many interactive tickets were served in a row while bulk waited.</summary>
    public int PeopleServed { get; init; }

    /// <summary>When each batch was last served, as a sequence number.</summary>
    public ImmutableDictionary<string, long> GroupsServed { get; init; } = ImmutableDictionary<string, long>.Empty;

    /// <summary>When the holders and the first in the queue were last checked.</summary>
    public DateTime InspectedAt { get; init; }

    /// <summary>How busy the slots were.</summary>
    public GateUsage Usage { get; init; } = new();

    /// <summary>The remaining credits at the last look-up; null before the first one.</summary>
    public decimal? Credits { get; init; }

    /// <summary>The credits with which submits resumed after a pause; null again once a job leaves.</summary>
    public decimal? TriedWith { get; init; }

    /// <summary>When the first ticket expires.</summary>
    public DateTime? NextExpiry
    {
        get
        {
            // A loop, because it is fast and allocates nothing: 100,000 tickets may wait.
            var next = DateTime.MaxValue;
            foreach (var ticket in Waiting)
                next = ticket.ExpiresAt < next ? ticket.ExpiresAt : next;
            return next == DateTime.MaxValue ? null : next;
        }
    }

    /// <summary>When the gate next has work without a message; null if it is empty and not paused.</summary>
    public DateTime? LookAt()
    {
        var every = Paused is not null && Submitting > 0 ? InspectEveryInPause : InspectEvery;
        DateTime? inspect = Holders.IsEmpty && Waiting.IsEmpty && LooksAsked == LooksDone ? null : InspectedAt + every;
        return Sooner(Sooner(inspect, CoolDown?.Until), Sooner(OpensAt, NextExpiry));
    }

    /// <summary>Whether the passing of time changes the state: a pause is over, a new day has begun, or a ticket has expired.</summary>
    public bool IsToPass(DateTime now) =>
        (CoolDown is { Reason: not CoolDownReason.Credits } pause && now >= pause.Until) || OpensAt <= now || NextExpiry <= now;

    /// <summary>Whether no submit is allowed now. A pause for credits ends when credits are seen, not when its time has passed.</summary>
    public bool IsPaused(DateTime now) => CoolDown is { } pause && (pause.Reason == CoolDownReason.Credits || now < pause.Until);

    /// <summary>Whether submits are paused because credits or the quota are used up.</summary>
    public bool IsOutOfCredits(DateTime now) => IsPaused(now) && CoolDown!.Reason != CoolDownReason.Throttled;

    /// <summary>The tickets in the order in which they will be served if nothing else happens.</summary>
    public IEnumerable<GateTicket> Order() => new GateOrder(this).All();

    /// <summary>Applies the passing of time: ends a pause that is over, and refuses expired tickets.</summary>
    public GateChange Pass(DateTime now)
    {
        var expired = Waiting.Where(ticket => ticket.ExpiresAt <= now).ToArray();
        return Without([.. expired.Select(ticket => ticket.Instance)]).Serve([.. expired.Select(Refuse)], now);
    }

    /// <summary>
    /// Applies an inspection: removes ended jobs, takes the slots of suspended ones, notes whose submit is over, and applies changed
    /// settings and the operator's pause. A job that began another turn after the start of the inspection is not touched.
    /// </summary>
    public GateChange Inspected(GateInspection seen, GateState when, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(seen);
        ArgumentNullException.ThrowIfNull(when);
        var left = (Measured(now) with
        {
            InspectedAt = LooksAsked == when.LooksAsked ? now : default,
            LooksDone = when.LooksAsked,
            Slots = seen.Slots,
            Paused = seen.Paused,
            Budget = Budget with { Limit = seen.DailyBudget },
        }).Without([.. seen.Ended.Where(IsSame)]);
        var suspended = seen.Suspended.Where(IsSame).ToArray();
        var submitted = seen.Submitted.Where(IsSame).ToHashSet(StringComparer.Ordinal);
        var holders = from holder in left.Holders
                      where !suspended.Contains(holder.Ticket.Instance)
                      select holder with { HasSubmitted = holder.HasSubmitted || submitted.Contains(holder.Ticket.Instance) };
        return (left with { Holders = [.. holders] }).Serve([], now);

        bool IsSame(string instance) => TurnOf(instance) == when.TurnOf(instance);
    }

    /// <summary>Handles the failure of an inspection or of a look at the credits: it is tried again later.</summary>
    public GateState NotInspected(DateTime now)
    {
        var isDue = CoolDown is { Reason: CoolDownReason.Credits } pause && pause.Until <= now;
        return this with { InspectedAt = now, CoolDown = isDue ? CoolDown! with { Until = now + AfterFailedLook } : CoolDown };
    }

    /// <summary>
    /// Applies a look at the credits. If there are more than before, submits resume; otherwise the credits are looked up again later. If
    /// the balance is not available, submits resume too, because a submit without credits is refused and costs nothing.
    /// </summary>
    public GateChange SeeCredits(decimal? available, DateTime now, DateTime nextLook)
    {
        var seen = this with { Credits = available ?? Credits };
        if (CoolDown is not { Reason: CoolDownReason.Credits } pause)
            return seen.Serve([], now);
        // A balance that was too small for one job may be enough for another. Each test of this needs a submit, so once an hour is enough.
        var isMore = available is null
            || (available > 0 && (pause.NotEnough is not { } known || available > known || now - pause.Since >= TryAnyway));
        return (isMore
            ? seen with { CoolDown = null, Refusals = 0, TriedWith = available }
            : seen with { CoolDown = pause with { Until = nextLook } }).Serve([], now);
    }

    private int? TurnOf(string instance) =>
        Holders.FirstOrDefault(holder => holder.Ticket.Instance == instance)?.Ticket.Turn
        ?? Waiting.FirstOrDefault(ticket => ticket.Instance == instance)?.Turn;

    private GateState Without(IReadOnlyCollection<string> instances)
    {
        var gone = instances.ToHashSet(StringComparer.Ordinal);
        return gone.Count == 0 ? this : this with
        {
            Holders = Holders.RemoveAll(holder => gone.Contains(holder.Ticket.Instance)),
            Waiting = Waiting.RemoveAll(ticket => gone.Contains(ticket.Instance)),
        };
    }

    private GateChange Serve(ImmutableArray<GateSend> sends, DateTime now)
    {
        var state = Measured(now);
        if (!state.IsPaused(now))
            state = state with { CoolDown = null };
        if (state.Paused?.IsOver(now) == true)
            state = state with { Paused = null };
        state = state with { Budget = state.Budget.On(now) };
        while (state.Holders.Length < state.Slots && state.IsOpen(now) && state.Next() is { } ticket)
        {
            state = state.Took(ticket) with
            {
                Holders = state.Holders.Add(new GateHolder(ticket, now)),
                Budget = state.Budget.Spend(now),
            };
            sends = sends.Add(new GateSend(ticket.Instance, new GateAnswer(ticket.Turn, Granted: true)));
        }

        return new GateChange(state, sends);
    }

    // The first ticket in the queue that the cool-down does not hold.
    private GateTicket? Next() => CoolDown is { } pause
        ? (this with { Waiting = [.. Waiting.Where(ticket => !pause.Holds(ticket))] }).Order().FirstOrDefault()
        : Order().FirstOrDefault();

    private GateState Took(GateTicket ticket)
    {
        var waiting = Waiting.Remove(ticket);
        var groups = waiting.Where(other => other.Lane == Lane.Bulk).Select(other => other.Group ?? "").ToHashSet(StringComparer.Ordinal);
        if (ticket.Lane == Lane.Interactive)
            return this with { Waiting = waiting, PeopleServed = groups.Count > 0 ? PeopleServed + 1 : 0 };

        var last = GroupsServed.IsEmpty ? 0 : GroupsServed.Values.Max();
        // Batches without a waiting ticket are removed, so that the state does not grow forever.
        var served = GroupsServed.RemoveRange(GroupsServed.Keys.Where(group => !groups.Contains(group)));
        var group = ticket.Group ?? "";
        return this with
        {
            Waiting = waiting,
            PeopleServed = 0,
            GroupsServed = groups.Contains(group) ? served.SetItem(group, last + 1) : served,
        };
    }

    private GateState Measured(DateTime now) => this with { Usage = Usage.Until(now, Holders.Length, Slots) };

    private static GateSend Refuse(GateTicket ticket) => new(ticket.Instance, new GateAnswer(ticket.Turn, Granted: false));

    private static DateTime? Sooner(DateTime? one, DateTime? other) => one < other || other is null ? one : other;
}

/// <summary>The gate after an event, and the answers to send.</summary>
public sealed record GateChange(GateState State, ImmutableArray<GateSend> Sends);
