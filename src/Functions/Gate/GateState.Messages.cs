using Darkroom.Requests;

namespace Darkroom.Gate;

// How the gate handles the messages of jobs.
public sealed partial record GateState
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>Applies one message of a job.</summary>
    public GateChange Receive(GateMessage message, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message.Kind switch
        {
            GateMessageKind.Ask => Ask(TicketOf(message), now),
            GateMessageKind.Leave => Leave(message, now),
            GateMessageKind.Refused when message.Reason is { } reason => Returned(message, now).Pause(message, reason, now),
            GateMessageKind.Move => Move(message, now),
            GateMessageKind.Inspect => ToldToLook().Serve([], now),
            _ => Serve([], now),
        };
    }

    private GateChange Ask(GateTicket ticket, DateTime now)
    {
        if (HasNewer(ticket.Instance, ticket.Turn))
            return Serve([], now);
        // A holder that asks again did not receive its answer, or asked before the answer arrived.
        if (Holders.Any(holder => holder.Ticket.Instance == ticket.Instance && holder.Ticket.Turn == ticket.Turn))
            return Serve([new GateSend(ticket.Instance, new GateAnswer(ticket.Turn, Granted: true))], now);
        // A new turn of a job ends its earlier ones.
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
            return state.Serve([Refuse(ticket)], now);
        return (state.Joined(ticket) with { Waiting = state.Waiting.Add(ticket) }).Serve([], now);
    }

    private GateChange Leave(GateMessage message, DateTime now)
    {
        var left = message.IsUnspent ? Measured(now).Returned(message, now) : Measured(now);
        // A holder that leaves was not refused by upstream, so the next pause is short again. A job that only stops waiting proves nothing.
        if (Holders.Any(holder => holder.Ticket.Instance == message.Instance && holder.Ticket.Turn <= message.Turn))
            left = left with { TriedWith = null, Refusals = IsPaused(now) ? Refusals : 0 };
        return (HasNewer(message.Instance, message.Turn) ? left : left.Without([message.Instance])).Serve([], now);
    }

    // Whether a message of this turn is late: the job already has a newer turn.
    private bool HasNewer(string instance, int turn) =>
        Holders.Any(holder => holder.Ticket.Instance == instance && holder.Ticket.Turn > turn)
        || Waiting.Any(ticket => ticket.Instance == instance && ticket.Turn > turn);

    private GateState InFront(GateTicket ticket) => this with { Waiting = Waiting.Insert(0, ticket) };

    // A new batch joins behind the batches that wait; otherwise a stream of new batches would starve an old one.
    private GateState Joined(GateTicket ticket) =>
        ticket.Lane == Lane.Bulk && !GroupsServed.IsEmpty && !GroupsServed.ContainsKey(ticket.Group ?? "")
            ? this with { GroupsServed = GroupsServed.Add(ticket.Group ?? "", GroupsServed.Values.Max()) }
            : this;

    private GateChange Pause(GateMessage message, CoolDownReason reason, DateTime now)
    {
        // Jobs that are refused at the same time cause one pause. The longest of their pauses applies.
        var isSame = CoolDown?.Reason == reason && now < CoolDown.Until;
        var refusals = isSame ? Refusals : Refusals + 1;
        var until = message.Until ?? now + Grown(refusals);
        if (CoolDown is { } pause && pause.Reason == reason && pause.Until > until)
            until = pause.Until;
        var ticket = TicketOf(message);
        var state = Measured(now) with
        {
            Refusals = refusals,
            CoolDown = new CoolDown(reason, until) { NotEnough = reason == CoolDownReason.Credits ? TriedWith : null, Since = now },
        };
        // The job already had its slot, but its submit was refused, so it is the first when submits resume.
        if (!HasNewer(ticket.Instance, ticket.Turn))
            state = state.Without([ticket.Instance]).InFront(ticket);
        var refused = state.IsOutOfCredits(now) ? state.Waiting.Where(one => one.FailsWithoutCredits).ToArray() : [];
        return (state with { Waiting = state.Waiting.RemoveAll(refused.Contains) }).Serve([.. refused.Select(Refuse)], now);
    }

    private static TimeSpan Grown(int refusals)
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(refusals - 1, 10));
        return pause < LongestPause ? pause : LongestPause;
    }

    private static GateTicket TicketOf(GateMessage message) =>
        new(message.Instance, message.Turn, message.Lane, message.Group, message.FailsWithoutCredits, message.ExpiresAt)
        {
            IsBilledByProvider = message.IsBilledByProvider,
        };
}
