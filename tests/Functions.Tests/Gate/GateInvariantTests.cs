using Darkroom.Gate;
using Darkroom.Requests;
using Darkroom.TestKit;
using FsCheck;
using FsCheck.Fluent;

namespace Darkroom.Functions.Tests.Gate;

/// <summary>Invariants of the gate, checked after each step of thousands of generated message sequences.</summary>
public sealed class GateInvariantTests
{
    private static readonly DateTime Start = new(2026, 11, 21, 8, 0, 0, DateTimeKind.Utc);

    private abstract record Step(int Seconds);

    private sealed record Says(int Seconds, GateMessage Message) : Step(Seconds);

    private sealed record Dies(int Seconds, string Instance) : Step(Seconds);

    private sealed record Operates(int Seconds, bool Pauses, int Budget) : Step(Seconds);

    private sealed record Looks(int Seconds, decimal? Credits) : Step(Seconds);

    private static Gen<Step> Steps => Gen.OneOf(
        from seconds in Gen.Choose(0, 20)
        from who in Gen.Choose(0, 9)
        from turn in Gen.Choose(1, 3)
        from lane in Gen.Elements(Lane.Interactive, Lane.Bulk)
        from fails in Gen.Elements(true, false)
        from patience in Gen.Choose(10, 200)
        from isBilledByProvider in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
        select (Step)new Says(
            seconds,
            new GateMessage(
                GateMessageKind.Ask,
                $"job-{who}")
            {
                Turn = turn,
                Lane = lane,
                Group = $"batch-{who % 3}",
                FailsWithoutCredits = fails,
                IsBilledByProvider = isBilledByProvider,
                ExpiresAt = Start.AddSeconds(patience)
            }),
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
        from seconds in Gen.Choose(0, 20)
        from who in Gen.Choose(0, 9)
        from turn in Gen.Choose(1, 3)
        from lane in Gen.Elements(Lane.Interactive, Lane.Bulk)
        select (Step)new Says(seconds, new GateMessage(GateMessageKind.Move, $"job-{who}") { Turn = turn, Lane = lane }),
        from seconds in Gen.Choose(0, 40_000)
        from pauses in Gen.Elements(true, false, false)
        from budget in Gen.Elements(0, 3, 20)
        select (Step)new Operates(seconds, pauses, budget),
        from seconds in Gen.Choose(0, 400)
        from credits in Gen.Elements<decimal?>(null, 0, 5)
        select (Step)new Looks(seconds, credits));

    [Fact]
    public void State_AfterAnyStep_HasNoExcessHolderNoDuplicateAndNoIdleSlot() => Always(
        moment =>
        {
            var (state, everybody) = (moment.After, Tickets(moment.After).Select(ticket => ticket.Instance).ToList());
            return state.Holders.Length <= state.Slots && everybody.Distinct().Count() == everybody.Count
                && (state.Holders.Length == state.Slots || !state.IsOpen(moment.Now)
                    || !state.Waiting.Any(ticket => !state.IsPaused(moment.Now) || !state.CoolDown!.Holds(ticket)));
        },
        cases: 5000);

    [Fact]
    public void Grant_DuringAPause_GoesOnlyToAHolderOrToATicketThatThePauseDoesNotHold() => Always(moment =>
        !moment.After.IsPaused(moment.Now)
            || moment.Granted.All(send => moment.Before.Holders.Any(holder => holder.Ticket.Instance == send.Instance)
                || moment.After.Holders.Any(
                    holder => holder.Ticket.Instance == send.Instance && !moment.After.CoolDown!.Holds(holder.Ticket))));

    [Fact]
    public void Grant_WhileUpstreamThrottles_GoesOnlyToAHolder() => Always(moment =>
        !moment.After.IsPaused(moment.Now) || moment.After.CoolDown!.Reason != CoolDownReason.Throttled
            || moment.Granted.All(send => moment.Before.Holders.Any(holder => holder.Ticket.Instance == send.Instance)));

    [Fact]
    public void Grant_WhileAnOperatorPauses_GoesOnlyToAHolder() => Always(moment =>
        !moment.After.IsPausedByOperator(moment.Now)
            || moment.Granted.All(send => moment.Before.Holders.Any(holder => holder.Ticket.Instance == send.Instance)));

    [Fact]
    public void Grant_AfterAnyStep_GoesToAHolder() => Always(moment =>
        moment.Granted.All(
            send => moment.After.Holders.Any(holder => holder.Ticket.Instance == send.Instance && holder.Ticket.Turn == send.Answer.Turn)));

    [Fact]
    public void Grant_OfASlot_IsCountedAsASubmitUntilAnInspectionHasSeenIt() => Always(moment =>
        moment.After.Holders.All(after => !after.HasSubmitted
            || moment.Step is Operates
            || moment.Before.Holders.Any(before => before.HasSubmitted && before.Ticket == after.Ticket)));

    [Fact]
    public void Receive_MessageOfAnEarlierTurn_ChangesNoTicket() => Always(moment =>
        moment.Step is not Says { Message: { Reason: null or CoolDownReason.Throttled } message }
        || Tickets(moment.Before).FirstOrDefault(ticket => ticket.Instance == message.Instance) is not { } ticket
            || ticket.Turn <= message.Turn
        || Tickets(moment.After).Any(after => after.Instance == ticket.Instance && after.Turn == ticket.Turn));

    [Fact]
    public void Pass_ExpiredTickets_AreRefusedOnceAndALookIsDueUntilThen() => Always(moment =>
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
        Operates operates => state.Inspected(
            new GateInspection([], [], state.Slots)
            {
                Paused = operates.Pauses ? new GatePause(now, Reason: null, now.AddSeconds(60)) : null,
                DailyBudget = operates.Budget,
                Submitted = [.. state.Holders.Select(holder => holder.Ticket.Instance)],
            },
            state,
            now),
        Looks looks => state.SeeCredits(looks.Credits, now, now.AddMinutes(5)),
        _ => throw new ArgumentOutOfRangeException(nameof(step)),
    };

    private sealed record Moment(Step Step, DateTime Now, GateState Before, GateChange Change)
    {
        public GateState After => Change.State;

        public IEnumerable<GateSend> Granted => Change.Sends.Where(send => send.Answer.Granted);
    }
}
