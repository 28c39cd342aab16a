using Darkroom.Requests;

namespace Darkroom.Gate;

// What jobs tell the gate, and what comes of it.
public sealed partial record GateState
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>Hears one message.</summary>
    public GateChange Hear(GateMessage message, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message.Kind switch
        {
            GateMessageKind.Ask => Ask(TicketOf(message), now),
            GateMessageKind.Leave => Leave(message, now),
            GateMessageKind.Refused when message.Reason is { } reason => Pause(message, reason, now),
            _ => Serve([], now),
        };
    }

    private GateChange Ask(GateTicket ticket, DateTime now)
    {
        if (HasNewer(ticket.Instance, ticket.Turn))
            return Serve([], now);
        // Asked again by one who has it: the answer got lost, or crossed the question.
        if (Holders.Any(holder => holder.Ticket.Instance == ticket.Instance && holder.Ticket.Turn == ticket.Turn))
            return Serve([new GateSend(ticket.Instance, new GateAnswer(ticket.Turn, Granted: true))], now);
        // Another turn of the same instance: what it had before it has no more.
        var state = Measured(now) with
        {
            InspectedAt = Holders.IsEmpty && Waiting.IsEmpty ? now : InspectedAt,
            Holders = Holders.RemoveAll(holder => holder.Ticket.Instance == ticket.Instance),
            Waiting = Waiting.RemoveAll(waiting => waiting.Instance == ticket.Instance && waiting.Turn != ticket.Turn),
        };
        if (state.Waiting.Any(waiting => waiting.Instance == ticket.Instance))
            return state.Serve([], now);
        state = state with { Asked = state.Asked + 1 };
        if (ticket.FailsWithoutCredits && state.IsOutOfCredits(now))
            return state.Serve([new GateSend(ticket.Instance, new GateAnswer(ticket.Turn, Granted: false))], now);
        return (state.Joined(ticket) with { Waiting = state.Waiting.Add(ticket) }).Serve([], now);
    }

    private GateChange Leave(GateMessage message, DateTime now)
    {
        // Who leaves in good order has talked to upstream: its pauses begin small again.
        var left = Measured(now) with { CoolDown = IsPaused(now) ? CoolDown : null, TriedWith = null };
        return (HasNewer(message.Instance, message.Turn) ? left : left.Without([message.Instance])).Serve([], now);
    }

    // The job is further than that: what is said of an earlier turn came late.
    private bool HasNewer(string instance, int turn) =>
        Holders.Any(holder => holder.Ticket.Instance == instance && holder.Ticket.Turn > turn)
            || Waiting.Any(ticket => ticket.Instance == instance && ticket.Turn > turn);

    private GateState InFront(GateTicket ticket) => this with { Waiting = Waiting.Insert(0, ticket) };

    // A group that comes new goes behind those that wait; else ever new ones would keep an old one waiting for ever.
    private GateState Joined(GateTicket ticket) =>
        ticket.Lane == Lane.Bulk && !GroupsServed.IsEmpty && !GroupsServed.ContainsKey(ticket.Group ?? "")
        ? this with { GroupsServed = GroupsServed.Add(ticket.Group ?? "", GroupsServed.Values.Max()) }
        : this;

    private GateChange Pause(GateMessage message, CoolDownReason reason, DateTime now)
    {
        var times = CoolDown?.Reason == reason && now < CoolDown.Until ? CoolDown.Times : (CoolDown?.Times ?? 0) + 1;
        var until = message.Until ?? now + Grown(times);
        // Two who were refused together make one pause: the longer one.
        if (CoolDown is { } pause && pause.Reason == reason && pause.Until > until)
            until = pause.Until;
        var ticket = TicketOf(message);
        var state = Measured(now) with
        {
            CoolDown = new CoolDown(reason, until, times) { NotEnough = reason == CoolDownReason.Credits ? TriedWith : null, Since = now },
        };
        // It had its turn and got nothing: it is the first when it goes on. Unless it does not want to wait.
        if (!HasNewer(ticket.Instance, ticket.Turn))
            state = state.Without([ticket.Instance]).InFront(ticket);
        var waiting = state.Waiting;
        var refused = state.IsOutOfCredits(now) ? waiting.Where(one => one.FailsWithoutCredits).ToArray() : [];
        return (state with { Waiting = waiting.RemoveAll(refused.Contains) })
            .Serve([.. refused.Select(one => new GateSend(one.Instance, new GateAnswer(one.Turn, Granted: false)))], now);
    }

    private static TimeSpan Grown(int times)
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(times - 1, 10));
        return pause < LongestPause ? pause : LongestPause;
    }

    private static GateTicket TicketOf(GateMessage message) =>
        new(message.Instance, message.Turn, message.Lane, message.Group, message.FailsWithoutCredits, message.ExpiresAt);
}
