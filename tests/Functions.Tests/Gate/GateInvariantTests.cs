using Darkroom.Gate;
using Darkroom.Requests;
using Darkroom.TestKit;
using FsCheck;
using FsCheck.Fluent;

namespace Darkroom.Functions.Tests.Gate;

/// <summary>What holds of the gate after each of thousands of generated stories.</summary>
public sealed class GateInvariantTests
{
    private static readonly DateTime Start = new(2026, 11, 21, 8, 0, 0, DateTimeKind.Utc);

    private abstract record Step(int Seconds);

    private sealed record Says(int Seconds, GateMessage Message) : Step(Seconds);

    private sealed record Dies(int Seconds, string Instance) : Step(Seconds);

    private sealed record Looks(int Seconds, decimal? Credits) : Step(Seconds);

    private static Gen<Step> Steps => Gen.OneOf(
        from seconds in Gen.Choose(0, 20)
        from who in Gen.Choose(0, 9)
        from turn in Gen.Choose(1, 3)
        from lane in Gen.Elements(Lane.Interactive, Lane.Bulk)
        from fails in Gen.Elements(true, false)
        from patience in Gen.Choose(10, 200)
        select (Step)new Says(
            seconds,
            new GateMessage(
                GateMessageKind.Ask,
                $"job-{who}") { Turn = turn, Lane = lane, Group = $"batch-{who % 3}", FailsWithoutCredits = fails,
                ExpiresAt = Start.AddSeconds(patience) }),
        from seconds in Gen.Choose(0, 20)
        from who in Gen.Choose(0, 9)
        from turn in Gen.Choose(1, 3)
        select (Step)new Says(seconds, new GateMessage(GateMessageKind.Leave, $"job-{who}") { Turn = turn }),
        from seconds in Gen.Choose(0, 20)
        from who in Gen.Choose(0, 9)
        from reason in Gen.Elements(CoolDownReason.Throttled, CoolDownReason.Quota, CoolDownReason.Credits)
        select (Step)new Says(seconds, new GateMessage(GateMessageKind.Refused, $"job-{who}") { Turn = 2, Reason = reason }),
        from seconds in Gen.Choose(0, 20)
        from who in Gen.Choose(0, 9)
        select (Step)new Dies(seconds, $"job-{who}"),
        from seconds in Gen.Choose(0, 400)
        from credits in Gen.Elements<decimal?>(null, 0, 5)
        select (Step)new Looks(seconds, credits));

    [Fact]
    public void Slots_are_never_overdrawn_nobody_is_twice_anywhere_and_no_slot_stays_empty_for_nothing() => Always(
        moment =>
        {
            var (state, everybody) = (moment.After, Tickets(moment.After).Select(ticket => ticket.Instance).ToList());
            return state.Holders.Length <= state.Slots && everybody.Distinct().Count() == everybody.Count
                && (state.Holders.Length == state.Slots || state.Waiting.IsEmpty || state.IsPaused(moment.Now));
        },
        cases: 5000);

    [Fact]
    public void Nobody_is_granted_anything_during_a_pause_but_who_has_it_already() => Always(moment =>
        !moment.After.IsPaused(moment.Now)
            || moment.Granted.All(send => moment.Before.Holders.Any(holder => holder.Ticket.Instance == send.Instance)));

    [Fact]
    public void Every_grant_goes_to_one_who_has_the_slot_now() => Always(moment =>
        moment.Granted.All(
            send => moment.After.Holders.Any(holder => holder.Ticket.Instance == send.Instance && holder.Ticket.Turn == send.Answer.Turn)));

    [Fact]
    public void What_is_told_of_an_earlier_turn_takes_and_frees_nothing() => Always(moment =>
        moment.Step is not Says { Message: { Reason: null or CoolDownReason.Throttled } message }
        || Tickets(moment.Before).FirstOrDefault(ticket => ticket.Instance == message.Instance) is not { } ticket
            || ticket.Turn <= message.Turn
        || Tickets(moment.After).Any(after => after.Instance == ticket.Instance && after.Turn == ticket.Turn));

    [Fact]
    public void Who_has_waited_long_enough_is_told_so_once_and_a_look_is_due_until_then() => Always(moment =>
    {
        var (state, now) = (moment.After, moment.Now);
        var late = state.Waiting.Where(ticket => ticket.ExpiresAt <= now).Select(ticket => (ticket.Instance, ticket.Turn)).ToHashSet();
        var passed = state.Pass(now);
        var told = passed.Sends.Where(send => !send.Answer.Granted).Select(send => (send.Instance, send.Answer.Turn)).ToArray();
        return (late.Count == 0 || state.LookAt() <= now) && told.Length == late.Count && late.SetEquals(told)
            && !(passed.State.NextExpiry <= now);
    });

    private static void Always(Func<Moment, bool> holds, int cases = 3000) => Properties.ForAll(
        from slots in Gen.Choose(1, 4)
        from steps in Steps.ListOf()
        select (slots, steps),
        story =>
        {
            var (state, now) = (new GateState { Slots = story.slots }, Start);
            foreach (var step in story.steps)
            {
                now = now.AddSeconds(step.Seconds);
                var change = Take(state, step, now);
                if (!holds(new Moment(step, now, state, change)))
                    return false;
                state = change.State;
            }

            return true;
        },
        cases);

    private static IEnumerable<GateTicket> Tickets(GateState state) => state.Holders.Select(holder => holder.Ticket).Concat(state.Waiting);

    private static GateChange Take(GateState state, Step step, DateTime now) => step switch
    {
        Says says => state.Receive(says.Message, now),
        Dies dies => state.Inspected(new GateInspection([dies.Instance], [], state.Slots), state, now),
        Looks looks => state.SeeCredits(looks.Credits, now, now.AddMinutes(5)),
        _ => throw new ArgumentOutOfRangeException(nameof(step)),
    };

    private sealed record Moment(Step Step, DateTime Now, GateState Before, GateChange Change)
    {
        public GateState After => Change.State;

        public IEnumerable<GateSend> Granted => Change.Sends.Where(send => send.Answer.Granted);
    }
}
