using Darkroom.Gate;
using Darkroom.Requests;
using FsCheck.Fluent;

namespace Darkroom.Functions.Tests.Gate;

/// <summary>What an operator decides at the gate: a pause, a daily budget, and the lane of a waiting job.</summary>
public sealed class GateOperatorTests
{
    // Noon in China.
    private static readonly DateTime Start = new(2026, 11, 21, 4, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime Midnight = new(2026, 11, 21, 16, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Inspected_PauseIsSet_GrantsNoSlotUntilItIsRemoved()
    {
        var paused = Inspected(new GateState(), new GatePause(Start, "deploy", Until: null));
        var asked = paused.Receive(GateStateTests.Ask("a"), Start);
        Assert.Empty(asked.Sends);
        Assert.Empty(asked.State.Pass(Start.AddDays(3)).Sends);
        Assert.Equal("deploy", GateSnapshot.Of(asked.State, Start).Paused!.Reason);
        var seen = new GateInspection([], [], Slots: 1);
        Assert.Equal("a", Assert.Single(asked.State.Inspected(seen, asked.State, Start).Sends).Instance);
    }

    [Fact]
    public void Pass_PauseWithATimeIsOver_GrantsTheSlot()
    {
        var until = Start.AddMinutes(7);
        var state = Inspected(new GateState(), new GatePause(Start, Reason: null, until)).Receive(GateStateTests.Ask("a"), Start).State;
        Assert.Equal(Start.AddSeconds(30), state.LookAt());
        Assert.False(state.IsToPass(until.AddTicks(-1)));
        Assert.True(state.IsToPass(until));
        var passed = state.Pass(until);
        Assert.Equal("a", Assert.Single(passed.Sends).Instance);
        Assert.Null(passed.State.Paused);
    }

    [Fact]
    public void Inspected_PauseIsSet_LeavesHoldersAlone()
    {
        var state = new GateState().Receive(GateStateTests.Ask("a"), Start).State;
        Assert.Equal("a", Assert.Single(Inspected(state, new GatePause(Start, null, null)).Holders).Ticket.Instance);
    }

    [Fact]
    public void Inspected_SubmitOfAHolderIsOver_IsCountedNoLonger()
    {
        var one = new GateState { Slots = 2 }.Receive(GateStateTests.Ask("a"), Start).State;
        var granted = one.Receive(GateStateTests.Ask("b"), Start).State;
        Assert.Equal(2, GateSnapshot.Of(granted, Start).Submitting);

        var seen = new GateInspection([], [], Slots: 2) { Submitted = ["a", "nobody"] };
        var inspected = granted.Inspected(seen, granted, Start).State;

        Assert.Equal((2, 1), (inspected.Holders.Length, GateSnapshot.Of(inspected, Start).Submitting));
        // A later inspection that does not mention it again changes nothing.
        Assert.Equal(1, inspected.Inspected(new GateInspection([], [], Slots: 2), inspected, Start).State.Submitting);
    }

    [Fact]
    public void Inspected_HolderBeganAnotherTurnMeanwhile_MaySubmitAgain()
    {
        var first = new GateState().Receive(GateStateTests.Ask("a"), Start).State;
        var again = first.Receive(GateStateTests.Ask("a") with { Turn = 2 }, Start).State;

        var seen = new GateInspection([], [], Slots: 1) { Submitted = ["a"] };

        Assert.Equal(1, again.Inspected(seen, first, Start).State.Submitting);
    }

    [Fact]
    public void LookAt_PauseWithASubmitUnderWay_IsSoon()
    {
        var paused = Inspected(new GateState().Receive(GateStateTests.Ask("a"), Start).State, new GatePause(Start, null, null));
        Assert.Equal(Start.AddSeconds(3), paused.LookAt());

        var seen = new GateInspection([], [], Slots: 1) { Paused = paused.Paused, Submitted = ["a"] };
        Assert.Equal(Start.AddSeconds(30), paused.Inspected(seen, paused, Start).State.LookAt());
    }

    [Fact]
    public void Inspect_Message_MakesALookDueAtOnceAlsoOfAnEmptyGate()
    {
        var state = new GateState { InspectedAt = Start }.Receive(GateMessage.ToInspect, Start).State;
        Assert.True(state.LookAt() <= Start);
        // A request during the look that answers the first one is not answered by it.
        var later = state.Receive(GateMessage.ToInspect, Start).State;
        var seen = later.Inspected(new GateInspection([], [], 1), state, Start).State;
        Assert.True(seen.LookAt() <= Start);
        Assert.Null(seen.Inspected(new GateInspection([], [], 1), seen, Start).State.LookAt());
        // After a failed look the next one is due in half a minute.
        Assert.Equal(Start.AddSeconds(30), state.NotInspected(Start).LookAt());
    }

    [Fact]
    public void Serve_BudgetIsUsedUp_WaitsForTheNextDayInChina()
    {
        var state = Limited(new GateState { Slots = 5 }, budget: 2);
        foreach (var one in new[] { "a", "b", "c" })
            state = state.Receive(GateStateTests.Ask(one), Start).State;
        Assert.Equal(["a", "b"], state.Holders.Select(holder => holder.Ticket.Instance));
        Assert.Equal(new DailyBudget(2, Used: 2, Midnight), GateSnapshot.Of(state, Start).Budget);
        Assert.Empty(state.Pass(Midnight.AddTicks(-1)).Sends);
        Assert.True(state.IsToPass(Midnight));
        var next = state.Pass(Midnight);
        Assert.Equal("c", Assert.Single(next.Sends).Instance);
        Assert.Equal(1, next.State.Budget.Used);
    }

    [Fact]
    public void Leave_WithoutASubmit_ReturnsTheTaskToTheBudget()
    {
        var state = Limited(new GateState(), budget: 1).Receive(GateStateTests.Ask("a"), Start).State;
        state = state.Receive(GateStateTests.Ask("b"), Start).State;
        var leave = new GateMessage(GateMessageKind.Leave, "a") { Turn = 1 };
        Assert.Empty(state.Receive(leave, Start).Sends);
        Assert.Equal("b", Assert.Single(state.Receive(leave with { IsUnspent = true }, Start).Sends).Instance);
        // A task of yesterday is not part of the new day's budget.
        var tomorrow = state.Pass(Midnight).State.Receive(leave with { IsUnspent = true }, Midnight).State;
        Assert.Equal(1, tomorrow.Budget.Used);
    }

    [Fact]
    public void Refused_Submit_ReturnsTheTaskToTheBudget()
    {
        var state = Limited(new GateState(), budget: 1).Receive(GateStateTests.Ask("a"), Start).State;
        state = state.Receive(
            new GateMessage(GateMessageKind.Refused, "a") { Turn = 2, Reason = CoolDownReason.Throttled, Until = Start.AddSeconds(5) },
            Start).State;
        Assert.Equal(0, state.Budget.Used);
        Assert.Equal("a", Assert.Single(state.Pass(Start.AddSeconds(5)).Sends).Instance);
    }

    [Fact]
    public void Move_WaitingJob_ChangesTheLaneAndKeepsItsPlaceByArrival()
    {
        var state = new GateState().Receive(GateStateTests.Ask("holder"), Start).State;
        foreach (var (one, lane) in new[] { ("bulk", Lane.Bulk), ("person", Lane.Interactive), ("later", Lane.Bulk) })
            state = state.Receive(GateStateTests.Ask(one, lane), Start).State;
        Assert.Equal(["person", "bulk", "later"], Order(state));
        Assert.Equal(["bulk", "person", "later"], Order(Move(state, "bulk", Lane.Interactive)));
        Assert.Equal(["bulk", "person", "later"], Order(Move(state, "person", Lane.Bulk)));
        Assert.Equal(Order(state), Order(Move(state, "holder", Lane.Bulk)));
        Assert.Equal(Order(state), Order(Move(state, "unknown", Lane.Bulk)));
    }

    [Fact]
    public void Budget_AnyOrderOfSpendingAndReturning_StaysWithinTheDay() => TestKit.Properties.ForAll(
        from steps in (
            from hours in Gen.Choose(0, 30)
            from spends in Gen.Elements(true, false)
            select (hours, spends)).ListOf()
        select steps,
        steps =>
        {
            var (budget, now, open) = (new DailyBudget(3, 0, default), Start, new Stack<DateTime>());
            foreach (var (hours, spends) in steps)
            {
                now = now.AddHours(hours);
                if (spends && !budget.IsUsedUp(now))
                {
                    budget = budget.Spend(now);
                    open.Push(now);
                }
                else if (!spends && open.TryPop(out var since))
                    budget = budget.Return(since, now);
                if (budget.On(now).Used is < 0 or > 3 || budget.On(now).ResetsAt <= now)
                    return false;
            }

            return true;
        },
        2000);

    private static GateState Inspected(GateState state, GatePause? pause) =>
        state.Inspected(new GateInspection([], [], state.Slots) { Paused = pause }, state, Start).State;

    private static GateState Limited(GateState state, int budget) =>
        state.Inspected(new GateInspection([], [], state.Slots) { DailyBudget = budget }, state, Start).State;

    private static GateState Move(GateState state, string instance, Lane lane) =>
        state.Receive(new GateMessage(GateMessageKind.Move, instance) { Turn = 1, Lane = lane }, Start).State;

    private static string[] Order(GateState state) => [.. state.Order().Select(ticket => ticket.Instance)];
}
