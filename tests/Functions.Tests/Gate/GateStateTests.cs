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
    public void Pass_PauseIsOverWithoutAnyMessage_GrantsTheSlot()
    {
        var ask = new GateMessage(GateMessageKind.Ask, "a") { Turn = 1 };
        var state = new GateState().Receive(ask, Start).State.Receive(
            ask with { Kind = GateMessageKind.Refused, Turn = 2, Reason = CoolDownReason.Throttled, Until = Start.AddSeconds(3) },
            Start).State;
        Assert.Equal(Start.AddSeconds(3), state.LookAt());
        // A timer fires a moment later than its due time.
        Assert.True(state.LookAt() <= Start.AddSeconds(3.01));
        Assert.Contains(state.Pass(Start.AddSeconds(3.01)).Sends, send => send is { Instance: "a", Answer.Granted: true });
    }

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
    public void Refused_AfterThePause_IsServedFirst()
    {
        var state = new GateState();
        foreach (var one in new[] { "a", "b", "c" })
            state = state.Receive(Ask(one), Start).State;
        state = state.Receive(
            new GateMessage(GateMessageKind.Refused, "a") { Turn = 2, Reason = CoolDownReason.Throttled, Until = Start.AddSeconds(5) },
            Start).State;
        Assert.Empty(state.Holders);
        Assert.Empty(state.Pass(Start.AddSeconds(4)).Sends);
        Assert.Equal("a", Assert.Single(state.Pass(Start.AddSeconds(5)).Sends).Instance);
    }

    [Fact]
    public void Refused_Repeatedly_DoublesThePauseUntilASuccess()
    {
        var (state, now) = (new GateState().Receive(Ask("a"), Start).State, Start);
        var pauses = new List<double>();
        for (var i = 0; i < 7; i++)
        {
            state = state.Receive(
                new GateMessage(GateMessageKind.Refused, "a") { Turn = i + 2, Reason = CoolDownReason.Throttled }, now).State;
            pauses.Add((state.CoolDown!.Until - now).TotalSeconds);
            now = state.CoolDown.Until;
            state = state.Pass(now).State;
        }

        Assert.Equal([2, 4, 8, 16, 32, 60, 60], pauses);
        state = state.Receive(new GateMessage(GateMessageKind.Leave, "a") { Turn = int.MaxValue }, now).State.Receive(Ask("b"), now).State;
        state = state.Receive(new GateMessage(GateMessageKind.Refused, "b") { Turn = 1, Reason = CoolDownReason.Throttled }, now).State;
        Assert.Equal(2, (state.CoolDown!.Until - now).TotalSeconds);
    }

    [Fact]
    public void SeeCredits_OutOfCredits_ResumesOnlyWithCredits()
    {
        var state = new GateState().Receive(Ask("a"), Start).State.Receive(
            new GateMessage(GateMessageKind.Refused, "a") { Turn = 1, Reason = CoolDownReason.Credits, Until = Start.AddMinutes(5) },
            Start).State;
        Assert.Empty(state.Pass(Start.AddDays(3)).Sends);
        state = state.SeeCredits(0, Start.AddMinutes(5), Start.AddMinutes(10)).State;
        Assert.True(state.IsOutOfCredits(Start.AddMinutes(6)));
        Assert.Equal("a", Assert.Single(state.SeeCredits(3, Start.AddMinutes(10), Start.AddMinutes(15)).Sends).Instance);
    }

    [Fact]
    public void Credits_ThatWereNotEnough_AreTriedAgainWhenTheyRise_OrAfterAnHour()
    {
        var state = new GateState().Receive(Ask("a"), Start).State;
        state = Refused(state, 2, Start).SeeCredits(3, Start.AddMinutes(5), Start.AddMinutes(10)).State;
        Assert.Single(state.Holders);
        state = Refused(state, 3, Start.AddMinutes(5));
        Assert.Empty(state.SeeCredits(3, Start.AddMinutes(10), Start.AddMinutes(15)).Sends);
        Assert.Single(state.SeeCredits(3.5m, Start.AddMinutes(10), Start.AddMinutes(15)).Sends);
        Assert.Single(state.SeeCredits(3, Start.AddMinutes(65), Start.AddMinutes(70)).Sends);
        Assert.Single(state.SeeCredits(null, Start.AddMinutes(10), Start.AddMinutes(15)).Sends);
        // A submit succeeded, so the earlier balance no longer counts: after the next refusal, any positive balance ends the pause.
        state = state.SeeCredits(4, Start.AddMinutes(10), Start.AddMinutes(15)).State.Receive(
            new GateMessage(GateMessageKind.Leave, "a") { Turn = 3 }, Start.AddMinutes(11)).State;
        state = Refused(state.Receive(Ask("b"), Start.AddMinutes(12)).State, 2, Start.AddMinutes(12), "b");
        Assert.Single(state.SeeCredits(2, Start.AddMinutes(17), Start.AddMinutes(22)).Sends);

        static GateState Refused(GateState state, int turn, DateTime now, string instance = "a") =>
            state.Receive(
                new GateMessage(
                    GateMessageKind.Refused, instance)
                { Turn = turn, Reason = CoolDownReason.Credits, Until = now.AddMinutes(5) },
                now).State;
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
    public void Ask_FailsFast_WhenOutOfCreditsAndTicketDoesNotWait()
    {
        var state = new GateState().Receive(Ask("a"), Start).State;
        state = state.Receive(Ask("b") with { FailsWithoutCredits = true }, Start).State.Receive(Ask("c"), Start).State;
        var paused = state.Receive(new GateMessage(GateMessageKind.Refused, "a") { Turn = 1, Reason = CoolDownReason.Credits }, Start);
        Assert.Equal(("b", false), (Assert.Single(paused.Sends).Instance, paused.Sends[0].Answer.Granted));
        Assert.Equal(["a", "c"], paused.State.Waiting.Select(ticket => ticket.Instance));
        var late = paused.State.Receive(Ask("d") with { FailsWithoutCredits = true }, Start);
        Assert.Equal(("d", false), (Assert.Single(late.Sends).Instance, late.Sends[0].Answer.Granted));
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

    [Fact]
    public void Leave_OfAJobThatOnlyWaited_DoesNotShortenTheNextPause()
    {
        var state = new GateState();
        var now = Start;
        foreach (var pause in new[] { 2, 4 })
        {
            state = state.Receive(new GateMessage(GateMessageKind.Refused, "a") { Turn = 2, Reason = CoolDownReason.Throttled }, now).State;
            Assert.Equal(now.AddSeconds(pause), state.CoolDown!.Until);
            state = state.Pass(now = state.CoolDown.Until).State;
            state = state.Receive(Ask("b"), now).State;
            state = state.Receive(new GateMessage(GateMessageKind.Leave, "b") { Turn = 1 }, now).State;
        }

        // The holder was upstream without a refusal.
        state = state.Receive(new GateMessage(GateMessageKind.Leave, "a") { Turn = 2 }, now).State;
        state = state.Receive(new GateMessage(GateMessageKind.Refused, "c") { Turn = 1, Reason = CoolDownReason.Throttled }, now).State;
        Assert.Equal(now.AddSeconds(2), state.CoolDown!.Until);
    }

    private static CoolDown Paused => new(CoolDownReason.Quota, Start.AddDays(1));

    private static GateMessage Ask(string instance, Lane lane = Lane.Interactive, string? group = null) =>
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
