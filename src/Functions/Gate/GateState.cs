using System.Collections.Immutable;
using Darkroom.Requests;

namespace Darkroom.Gate;

/// <summary>
/// The state of the gate: which jobs have a slot, which wait, and whether submits are paused. It is a value: each event gives a new one,
/// and
/// the answers that have to be sent. People go before bulk, but after a few of them in a row one of bulk; within bulk, batches take turns;
/// otherwise the first to come is the first to be served.
/// </summary>
public sealed partial record GateState
{
    /// <summary>So many people are served in a row while bulk waits; then one of bulk.</summary>
    public const int PeopleInARow = 4;

    private static readonly TimeSpan InspectEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan TryAnyway = TimeSpan.FromHours(1);
    private static readonly TimeSpan AfterFailedLook = TimeSpan.FromMinutes(1);

    /// <summary>How many jobs may have a task upstream at once.</summary>
    public int Slots { get; init; } = 1;

    /// <summary>The jobs that wait, in the order in which they came.</summary>
    public ImmutableArray<GateTicket> Waiting { get; init; } = [];

    /// <summary>The jobs that have a slot.</summary>
    public ImmutableArray<GateHolder> Holders { get; init; } = [];

    /// <summary>When the gate began; ContinueAsNew does not change it.</summary>
    public DateTime BegunAt { get; init; }

    /// <summary>How many tickets have joined since the gate began.</summary>
    public long Asked { get; init; }

    /// <summary>Why no submit is allowed, and until when; null while submits are allowed.</summary>
    public CoolDown? CoolDown { get; init; }

    /// <summary>How often upstream refused without an accepted submit in between; pauses grow with it.</summary>
    public int Refusals { get; init; }

    /// <summary>How many people were served in a row while bulk waited.</summary>
    public int PeopleServed { get; init; }

    /// <summary>When each batch was last served, as a running number.</summary>
    public ImmutableDictionary<string, long> GroupsServed { get; init; } = ImmutableDictionary<string, long>.Empty;

    /// <summary>When the holders and the first in the queue were last checked.</summary>
    public DateTime InspectedAt { get; init; }

    /// <summary>How busy the slots were.</summary>
    public GateUsage Usage { get; init; } = new();

    /// <summary>The credits left, when they were last looked up.</summary>
    public decimal? Credits { get; init; }

    /// <summary>The credits with which submits went on after a pause; null once a job has been upstream with them.</summary>
    public decimal? TriedWith { get; init; }

    /// <summary>When the first ticket expires.</summary>
    public DateTime? NextExpiry
    {
        get
        {
            // A loop, because a hundred thousand may wait.
            var next = DateTime.MaxValue;
            foreach (var ticket in Waiting)
                next = ticket.ExpiresAt < next ? ticket.ExpiresAt : next;
            return next == DateTime.MaxValue ? null : next;
        }
    }

    /// <summary>When the gate has something to do even if no message comes. An empty gate that is not paused has nothing to do.</summary>
    public DateTime? LookAt()
    {
        DateTime? inspect = Holders.IsEmpty && Waiting.IsEmpty ? null : InspectedAt + InspectEvery;
        return Sooner(Sooner(inspect, CoolDown?.Until), NextExpiry);
    }

    /// <summary>Whether the time alone changes the state: a pause is over, or a ticket has expired.</summary>
    public bool IsToPass(DateTime now) =>
        (CoolDown is { Reason: not CoolDownReason.Credits } pause && now >= pause.Until) || NextExpiry <= now;

    /// <summary>Whether no submit is allowed now. A pause for credits ends when credits are seen, not when its time has passed.</summary>
    public bool IsPaused(DateTime now) => CoolDown is { } pause && (pause.Reason == CoolDownReason.Credits || now < pause.Until);

    /// <summary>Whether submits are paused because credits or the quota are used up.</summary>
    public bool IsOutOfCredits(DateTime now) => IsPaused(now) && CoolDown!.Reason != CoolDownReason.Throttled;

    /// <summary>The tickets in the order in which they will be served if nothing else happens.</summary>
    public IEnumerable<GateTicket> Order() => new GateOrder(this).All();

    /// <summary>Lets the time pass: ends a pause that is over, and tells expired tickets that they got no slot.</summary>
    public GateChange Pass(DateTime now)
    {
        var expired = Waiting.Where(ticket => ticket.ExpiresAt <= now).ToArray();
        return Without([.. expired.Select(ticket => ticket.Instance)]).Serve([.. expired.Select(Refuse)], now);
    }

    /// <summary>
    /// Applies an inspection: removes jobs that are over, takes the slots of suspended ones, and obeys a changed setting. A job that began
    /// another turn since the inspection began is left alone.
    /// </summary>
    public GateChange Inspected(GateInspection seen, GateState when, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(seen);
        ArgumentNullException.ThrowIfNull(when);
        var left = (Measured(now) with { InspectedAt = now, Slots = seen.Slots }).Without([.. seen.Ended.Where(IsSame)]);
        var suspended = seen.Suspended.Where(IsSame).ToArray();
        return (left with { Holders = left.Holders.RemoveAll(holder => suspended.Contains(holder.Ticket.Instance)) }).Serve([], now);

        bool IsSame(string instance) => TurnOf(instance) == when.TurnOf(instance);
    }

    /// <summary>Applies an inspection or a look at the credits that failed: it is tried again later.</summary>
    public GateState NotInspected(DateTime now)
    {
        var isDue = CoolDown is { Reason: CoolDownReason.Credits } pause && pause.Until <= now;
        return this with { InspectedAt = now, CoolDown = isDue ? CoolDown! with { Until = now + AfterFailedLook } : CoolDown };
    }

    /// <summary>
    /// Applies a look at the credits: with more than before, submits go on; without, they are looked up again later. Where the balance
    /// cannot be looked up submits go on too, because a submit without credits is refused and costs nothing.
    /// </summary>
    public GateChange SeeCredits(decimal? available, DateTime now, DateTime nextLook)
    {
        var seen = this with { Credits = available ?? Credits };
        if (CoolDown is not { Reason: CoolDownReason.Credits } pause)
            return seen.Serve([], now);
        // A balance that was too small for one job may do for others, but each attempt to find out costs a submit: once an hour is enough.
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
        while (state.Holders.Length < state.Slots && state.CoolDown is null && state.Order().FirstOrDefault() is { } ticket)
        {
            state = state.Took(ticket) with { Holders = state.Holders.Add(new GateHolder(ticket, now)) };
            sends = sends.Add(new GateSend(ticket.Instance, new GateAnswer(ticket.Turn, Granted: true)));
        }

        return new GateChange(state, sends);
    }

    private GateState Took(GateTicket ticket)
    {
        var waiting = Waiting.Remove(ticket);
        var groups = waiting.Where(other => other.Lane == Lane.Bulk).Select(other => other.Group ?? "").ToHashSet(StringComparer.Ordinal);
        if (ticket.Lane == Lane.Interactive)
            return this with { Waiting = waiting, PeopleServed = groups.Count > 0 ? PeopleServed + 1 : 0 };

        var last = GroupsServed.IsEmpty ? 0 : GroupsServed.Values.Max();
        // Batches without a waiting ticket are forgotten.
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

/// <summary>The gate after an event, and the answers that have to be sent.</summary>
public sealed record GateChange(GateState State, ImmutableArray<GateSend> Sends);
