using System.Collections.Immutable;
using Darkroom.Requests;

namespace Darkroom.Gate;

/// <summary>
/// Who may talk upstream, and who is next. A value: everything that happens to it gives a new one, together with the answers to be sent.
/// People go before bulk, but after a few of them one of bulk; within bulk, groups take turns; within all that, first come, first served.
/// </summary>
public sealed partial record GateState
{
    /// <summary>So many people in a row, then one of bulk, if any waits.</summary>
    public const int PeopleInARow = 4;

    private static readonly TimeSpan InspectEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan TryAnyway = TimeSpan.FromHours(1);

    /// <summary>How many may talk at once.</summary>
    public int Slots { get; init; } = 1;

    /// <summary>Those who wait, in the order they came.</summary>
    public ImmutableArray<GateTicket> Waiting { get; init; } = [];

    /// <summary>Those who have a slot.</summary>
    public ImmutableArray<GateHolder> Holders { get; init; } = [];

    /// <summary>When it began; the same after each ContinueAsNew.</summary>
    public DateTime BegunAt { get; init; }

    /// <summary>How many tickets joined since it began.</summary>
    public long Asked { get; init; }

    /// <summary>Set while nobody may submit.</summary>
    public CoolDown? CoolDown { get; init; }

    /// <summary>How many people were served in a row while bulk waited.</summary>
    public int PeopleServed { get; init; }

    /// <summary>When each group of bulk was last served, as a running number.</summary>
    public ImmutableDictionary<string, long> GroupsServed { get; init; } = ImmutableDictionary<string, long>.Empty;

    /// <summary>When it was last seen to that those who have a slot, or wait for one, are still there.</summary>
    public DateTime InspectedAt { get; init; }

    /// <summary>How busy the slots were.</summary>
    public GateUsage Usage { get; init; } = new();

    /// <summary>The credits left, when they were last looked up.</summary>
    public decimal? Credits { get; init; }

    /// <summary>The credits with which it went on after a pause, until a job has been upstream with them.</summary>
    public decimal? TriedWith { get; init; }

    /// <summary>
    /// When somebody has to look around: whether a pause is over, or whether all are still there. An empty gate needs no look.
    /// </summary>
    public DateTime? LookAt(DateTime now)
    {
        DateTime? inspect = Holders.IsEmpty && Waiting.IsEmpty ? null : InspectedAt + InspectEvery;
        // Also once it is over: until somebody has looked, those who wait do not know.
        DateTime? pause = IsPaused(now) || CoolDown is { Until.Ticks: > 0 } ? CoolDown!.Until : null;
        return Sooner(Sooner(inspect, pause), NextExpiry);
    }

    /// <summary>
    /// Somebody looked: forgets those who are over and did not say so, and obeys a changed setting. Who has begun another turn since the
    /// look
    /// began is none of those.
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

    /// <summary>
    /// Nobody could look, because storage is in trouble: it is tried again later. A gate that ended over it would forget who is in it.
    /// </summary>
    public GateState NotInspected(DateTime now) =>
        this with
        {
            InspectedAt = now,
            CoolDown = CoolDown is { Reason: CoolDownReason.Credits } pause
                && pause.Until <= now ? pause with { Until = now.AddMinutes(1) } : CoolDown,
        };

    /// <summary>When the first of those who wait has waited long enough.</summary>
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

    /// <summary>Whether time alone changes something.</summary>
    public bool IsToPass(DateTime now) =>
        (CoolDown is { Reason: not CoolDownReason.Credits } over && over.Until > DateTime.MinValue && now >= over.Until)
            || NextExpiry <= now;

    /// <summary>Lets time pass: a pause may be over, and some may have waited long enough.</summary>
    public GateChange Pass(DateTime now)
    {
        var expired = Waiting.Where(ticket => ticket.ExpiresAt <= now).ToArray();
        return Without([.. expired.Select(ticket => ticket.Instance)]).Serve(
            [.. expired.Select(ticket => new GateSend(ticket.Instance, new GateAnswer(ticket.Turn, Granted: false)))], now);
    }

    /// <summary>
    /// The credits were looked up: with some there, it goes on; without, it is looked again later. Where they cannot be looked up it goes
    /// on
    /// too: a submit without credits is refused and costs nothing.
    /// </summary>
    public GateChange SeeCredits(decimal? available, DateTime now, DateTime nextLook)
    {
        var seen = this with { Credits = available ?? Credits };
        if (CoolDown is not { Reason: CoolDownReason.Credits } pause)
            return seen.Serve([], now);
        // What was too little for one may do for others, but to find out over and over costs a submit each time.
        var isMore = available is null
            || (available > 0 && (pause.NotEnough is not { } known || available > known || now - pause.Since >= TryAnyway));
        return (
            isMore
                ? seen with { CoolDown = null, TriedWith = available }
                : seen with { CoolDown = pause with { Until = nextLook } }).Serve([], now);
    }

    /// <summary>The tickets in the order in which they will be served if nothing else happens.</summary>
    public IEnumerable<GateTicket> Order() => new GateOrder(this).All();

    private int? TurnOf(string instance) =>
        Holders.FirstOrDefault(
            holder =>
                holder.Ticket.Instance == instance)?.Ticket.Turn ?? Waiting.FirstOrDefault(ticket => ticket.Instance == instance)?.Turn;

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
        // Credits come back when they are seen, not when a time has passed.
        if (state.CoolDown is { Reason: not CoolDownReason.Credits } over && now >= over.Until)
            state = state with { CoolDown = state.CoolDown with { Until = DateTime.MinValue } };
        while (state.MayServe(now) && state.Next() is { } ticket)
        {
            state = state.Took(ticket) with { Holders = state.Holders.Add(new GateHolder(ticket, now)) };
            sends = sends.Add(new GateSend(ticket.Instance, new GateAnswer(ticket.Turn, Granted: true)));
        }

        return new GateChange(state, sends);
    }

    private bool MayServe(DateTime now) => Holders.Length < Slots && !IsPaused(now);

    /// <summary>Whether nobody may submit at this time.</summary>
    public bool IsPaused(DateTime now) => CoolDown is { } pause && (pause.Reason == CoolDownReason.Credits || now < pause.Until);

    /// <summary>Whether it is money that is missing.</summary>
    public bool IsOutOfCredits(DateTime now) => IsPaused(now) && CoolDown!.Reason != CoolDownReason.Throttled;

    private GateTicket? Next()
    {
        var person = Waiting.FirstOrDefault(ticket => ticket.Lane == Lane.Interactive);
        var bulk = NextOfBulk();
        return person is null || (bulk is not null && PeopleServed >= PeopleInARow) ? bulk : person;
    }

    // The group that was served the longest ago; of groups that never were, the one that came first.
    private GateTicket? NextOfBulk()
    {
        GateTicket? next = null;
        var leastServed = long.MaxValue;
        // Tickets of one group stand together, so it is looked up once and not for each.
        string? group = null;
        long served = 0;
        foreach (var ticket in Waiting)
        {
            if (ticket.Lane != Lane.Bulk)
                continue;
            if (group is null || group != (ticket.Group ?? ""))
                (group, served) = (ticket.Group ?? "", GroupsServed.GetValueOrDefault(ticket.Group ?? "", -1));
            if (served < leastServed)
                (next, leastServed) = (ticket, served);
            if (leastServed < 0)
                break;
        }

        return next;
    }

    private GateState Took(GateTicket ticket)
    {
        var waiting = Waiting.Remove(ticket);
        if (ticket.Lane == Lane.Interactive)
            return this with { Waiting = waiting, PeopleServed = HasBulk(waiting) ? PeopleServed + 1 : 0 };

        var last = GroupsServed.IsEmpty ? 0 : GroupsServed.Values.Max();
        // Groups of which nobody waits any more are forgotten. There are few, and of most the first look finds one who waits.
        var served = GroupsServed.RemoveRange(GroupsServed.Keys.Where(group => !WaitPreference(group)));
        return this with
        {
            Waiting = waiting,
            PeopleServed = 0,
            GroupsServed = WaitPreference(ticket.Group ?? "") ? served.SetItem(ticket.Group ?? "", last + 1) : served,
        };

        bool WaitPreference(string group)
        {
            foreach (var other in waiting)
            {
                if (other.Lane == Lane.Bulk && (other.Group ?? "") == group)
                    return true;
            }

            return false;
        }
    }

    private static bool HasBulk(ImmutableArray<GateTicket> waiting)
    {
        foreach (var ticket in waiting)
        {
            if (ticket.Lane == Lane.Bulk)
                return true;
        }

        return false;
    }

    private static DateTime? Sooner(DateTime? one, DateTime? other) => one < other || other is null ? one : other;

    private GateState Measured(DateTime now) => this with { Usage = Usage.Until(now, Holders.Length, Slots) };
}

/// <summary>What became of the gate, and what is to be said.</summary>
public sealed record GateChange(GateState State, ImmutableArray<GateSend> Sends);
