using System.Text.Json;
using Darkroom.Gate;
using Darkroom.Requests;
using Darkroom.TestKit;
using FsCheck.Fluent;

namespace Darkroom.Functions.Tests.Gate;

public sealed class GateStateTests
{
    private static readonly DateTime Start = new(2026, 11, 21, 8, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Order_WithPeopleAndBulk_IsTheOrderOfServing() =>
        Properties.ForAll(
            from people in Gen.Choose(0, 8)
            from bulk in Gen.Choose(0, 8)
            select (people, bulk),
            plan =>
            {
                var state = Waiting(plan.people, plan.bulk);
                var promised = state.Order().Select(ticket => ticket.Instance).ToList();
                return Serve(state).SequenceEqual(promised);
            });

    [Fact]
    public void Order_WithPeopleAndBulk_ServesOneOfBulkAfterFourPeople()
    {
        var order = Waiting(people: 12, bulk: 3).Order().Select(ticket => ticket.Lane == Lane.Bulk ? 'b' : 'p');
        Assert.Equal("ppppbppppbppppb", string.Concat(order));
    }

    [Fact]
    public void Serve_PeopleWhileNoBulkWaited_GiveBulkNoPrecedence()
    {
        var state = new GateState();
        for (var one = 0; one < 20; one++)
        {
            state = state.Receive(Ask($"p{one}"), Start).State;
            state = state.Receive(new GateMessage(GateMessageKind.Leave, $"p{one}") { Turn = 1 }, Start).State;
        }

        state = state.Receive(Ask("holder"), Start).State;
        state = state.Receive(Ask("bulk", Lane.Bulk), Start).State;
        state = state.Receive(Ask("person"), Start).State;
        Assert.Equal(["person", "bulk"], state.Order().Select(ticket => ticket.Instance));
    }

    [Fact]
    public void Serve_SeveralBatches_TakeTurns()
    {
        var state = new GateState { Slots = 1, CoolDown = Paused };
        foreach (var (batch, count) in new[] { ("a", 4), ("b", 2), ("c", 1) })
        {
            for (var i = 0; i < count; i++)
                state = state.Receive(Ask($"{batch}{i}", Lane.Bulk, batch), Start).State;
        }

        Assert.Equal(["a0", "b0", "c0", "a1", "b1", "a2", "a3"], Serve(state with { CoolDown = null }));
    }

    [Fact]
    public void Ask_Repeated_ChangesNothingAndAHolderIsAnsweredAgain()
    {
        var state = new GateState().Receive(Ask("a"), Start).State;
        var again = state.Receive(Ask("a"), Start);
        Assert.Equal("a", Assert.Single(again.Sends).Instance);
        Assert.Single(again.State.Holders);
        state = state.Receive(Ask("b"), Start).State;
        Assert.Empty(state.Receive(Ask("b"), Start).Sends);
        Assert.Single(state.Receive(Ask("b"), Start).State.Waiting);
    }

    [Fact]
    public void Inspected_JobBeganAnotherTurnMeanwhile_KeepsTheJob()
    {
        var when = new GateState().Receive(Ask("a"), Start).State.Receive(Ask("b"), Start).State;
        var seen = new GateInspection(Ended: ["a", "b"], Suspended: [], Slots: 1);
        Assert.Equal(
            (0, 0), (when.Inspected(seen, when, Start).State.Holders.Length, when.Inspected(seen, when, Start).State.Waiting.Length));
        // The job was resubmitted and asked again while the inspection checked its ended attempt.
        var later = when.Receive(Ask("b") with { Turn = 1_000_001 }, Start).State;
        Assert.Equal(["b"], later.Inspected(seen, when, Start).State.Holders.Select(holder => holder.Ticket.Instance));
    }

    [Fact]
    public void LookAt_WhileMessagesKeepComing_IsHalfAMinuteAfterTheLastInspection()
    {
        var state = new GateState();
        Assert.Null(state.LookAt());
        state = state.Receive(new GateMessage(GateMessageKind.Ask, "holder") { Turn = 1 }, Start).State;
        for (var second = 1; second <= 29; second++)
        {
            state = state.Receive(new GateMessage(GateMessageKind.Ask, $"waiting-{second}") { Turn = 1 }, Start.AddSeconds(second)).State;
            Assert.Equal(Start.AddSeconds(30), state.LookAt());
        }
    }

    [Theory]
    [InlineData(1, 26)]
    [InlineData(64, 26)]
    [InlineData(1000, 99)]
    public void Snapshot_OfALongQueue_FitsIntoACustomStatus(int slots, int idLength)
    {
        var state = new GateState { Slots = slots };
        for (var minute = 0; minute < 61; minute++)
            state = state.Receive(
                new GateMessage(GateMessageKind.Ask, $"{minute}".PadLeft(idLength, 'x')) { Turn = 1 },
                Start.AddMinutes(minute).AddMilliseconds(minute * 997.123)).State;
        for (var waiting = 0; waiting < 2000; waiting++)
            state = state.Receive(
                new GateMessage(
                    GateMessageKind.Ask,
                    $"w{waiting}".PadLeft(idLength, 'y'))
                { Turn = 1, Lane = Lane.Bulk, Group = $"{waiting % 300}".PadLeft(idLength, 'g') },
                Start.AddMinutes(61)).State;
        state = state.Receive(
            new GateMessage(GateMessageKind.Refused, "last") { Turn = 2, Reason = CoolDownReason.Throttled }, Start.AddMinutes(61.5)).State;
        Assert.InRange(JsonSerializer.Serialize(GateSnapshot.Of(state, Start.AddMinutes(61.5))).Length * sizeof(char), 1000, 16 * 1024);
    }

    [Fact]
    public void State_SerializedAndDeserialized_IsTheSame()
    {
        var state = Waiting(3, 3).Receive(
            new GateMessage(GateMessageKind.Refused, "x") { Reason = CoolDownReason.Quota, Until = Start.AddHours(1) },
            Start.AddSeconds(90)).State;
        var again = JsonSerializer.Deserialize<GateState>(JsonSerializer.Serialize(state))!;
        Assert.Equal(JsonSerializer.Serialize(state), JsonSerializer.Serialize(again));
    }

    [Fact]
    public void Usage_SlotInUseForAWhile_IsTheShareOfTheTime()
    {
        var state = new GateState { Slots = 2 }.Receive(Ask("a"), Start).State;
        var after = state.Receive(
            new GateMessage(GateMessageKind.Leave, "a") { Turn = int.MaxValue },
            Start.AddSeconds(30)).State.Pass(Start.AddSeconds(59)).State;
        Assert.Equal(30 / 118.0, after.Usage.Share(Start.AddSeconds(59), 60), 3);
    }

    private static CoolDown Paused => new(CoolDownReason.Quota, Start.AddDays(1));

    internal static GateMessage Ask(string instance, Lane lane = Lane.Interactive, string? group = null) =>
        new(GateMessageKind.Ask, instance) { Turn = 1, Lane = lane, Group = group };

    private static GateState Waiting(int people, int bulk)
    {
        var state = new GateState { Slots = 1, CoolDown = Paused };
        for (var i = 0; i < Math.Max(people, bulk); i++)
        {
            if (i < people)
                state = state.Receive(Ask($"person-{i}"), Start).State;
            if (i < bulk)
                state = state.Receive(Ask($"bulk-{i}", Lane.Bulk), Start).State;
        }

        return state with { CoolDown = null };
    }

    private static List<string> Serve(GateState state)
    {
        var served = new List<string>();
        var change = state.Pass(Start);
        while (change.State.Holders.Length > 0)
        {
            var holder = change.State.Holders[0].Ticket.Instance;
            served.Add(holder);
            change = change.State.Receive(new GateMessage(GateMessageKind.Leave, holder) { Turn = int.MaxValue }, Start);
        }

        return served;
    }
}
