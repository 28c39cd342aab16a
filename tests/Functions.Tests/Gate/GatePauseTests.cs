using Darkroom.Gate;
using FsCheck.Fluent;

namespace Darkroom.Functions.Tests.Gate;

/// <summary>Pauses of all submits: how they begin, grow and end.</summary>
public sealed class GatePauseTests
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
    public void Refused_AfterThePause_IsServedFirst()
    {
        var state = new GateState();
        foreach (var one in new[] { "a", "b", "c" })
            state = state.Receive(GateStateTests.Ask(one), Start).State;
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
        var (state, now) = (new GateState().Receive(GateStateTests.Ask("a"), Start).State, Start);
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
        state = state.Receive(
            new GateMessage(GateMessageKind.Leave, "a") { Turn = int.MaxValue }, now).State.Receive(GateStateTests.Ask("b"), now).State;
        state = state.Receive(new GateMessage(GateMessageKind.Refused, "b") { Turn = 1, Reason = CoolDownReason.Throttled }, now).State;
        Assert.Equal(2, (state.CoolDown!.Until - now).TotalSeconds);
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
            state = state.Receive(GateStateTests.Ask("b"), now).State;
            state = state.Receive(new GateMessage(GateMessageKind.Leave, "b") { Turn = 1 }, now).State;
        }

        // The holder was upstream without a refusal.
        state = state.Receive(new GateMessage(GateMessageKind.Leave, "a") { Turn = 2 }, now).State;
        state = state.Receive(new GateMessage(GateMessageKind.Refused, "c") { Turn = 1, Reason = CoolDownReason.Throttled }, now).State;
        Assert.Equal(now.AddSeconds(2), state.CoolDown!.Until);
    }

    [Fact]
    public void SeeCredits_OutOfCredits_ResumesOnlyWithCredits()
    {
        var state = new GateState().Receive(GateStateTests.Ask("a"), Start).State.Receive(
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
        var state = new GateState().Receive(GateStateTests.Ask("a"), Start).State;
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
        state = Refused(state.Receive(GateStateTests.Ask("b"), Start.AddMinutes(12)).State, 2, Start.AddMinutes(12), "b");
        Assert.Single(state.SeeCredits(2, Start.AddMinutes(17), Start.AddMinutes(22)).Sends);

        static GateState Refused(GateState state, int turn, DateTime now, string instance = "a") =>
            state.Receive(
                new GateMessage(
                    GateMessageKind.Refused, instance)
                { Turn = turn, Reason = CoolDownReason.Credits, Until = now.AddMinutes(5) },
                now).State;
    }

    [Theory]
    [InlineData(CoolDownReason.Credits, true)]
    [InlineData(CoolDownReason.Quota, true)]
    [InlineData(CoolDownReason.Throttled, false)]
    public void Ask_TicketThatAProviderBills_IsHeldOnlyByThrottling(CoolDownReason reason, bool isServed)
    {
        var state = new GateState().Receive(GateStateTests.Ask("a"), Start).State;
        state = state.Receive(GateStateTests.Ask("b"), Start).State.Receive(
            GateStateTests.Ask("c") with { IsBilledByProvider = true }, Start).State;
        var paused = state.Receive(
            new GateMessage(GateMessageKind.Refused, "a") { Turn = 1, Reason = reason, Until = Start.AddHours(1) }, Start);
        Assert.Equal(isServed ? ["c"] : [], paused.Sends.Select(send => send.Instance));
        Assert.Equal(isServed ? ["a", "b"] : ["a", "b", "c"], paused.State.Waiting.Select(ticket => ticket.Instance));
        // The slot is in use, so the next one waits for it and not for credits.
        var more = paused.State.Receive(GateStateTests.Ask("d") with { IsBilledByProvider = true }, Start);
        Assert.Empty(more.Sends);
        var left = more.State.Receive(new GateMessage(GateMessageKind.Leave, "c") { Turn = 1 }, Start);
        Assert.Equal(isServed ? ["d"] : [], left.Sends.Select(send => send.Instance));
    }

    [Fact]
    public void Ask_FailsFast_WhenOutOfCreditsAndTicketDoesNotWait()
    {
        var state = new GateState().Receive(GateStateTests.Ask("a"), Start).State;
        state = state.Receive(
            GateStateTests.Ask("b") with { FailsWithoutCredits = true }, Start).State.Receive(GateStateTests.Ask("c"), Start).State;
        var paused = state.Receive(new GateMessage(GateMessageKind.Refused, "a") { Turn = 1, Reason = CoolDownReason.Credits }, Start);
        Assert.Equal(("b", false), (Assert.Single(paused.Sends).Instance, paused.Sends[0].Answer.Granted));
        Assert.Equal(["a", "c"], paused.State.Waiting.Select(ticket => ticket.Instance));
        var late = paused.State.Receive(GateStateTests.Ask("d") with { FailsWithoutCredits = true }, Start);
        Assert.Equal(("d", false), (Assert.Single(late.Sends).Instance, late.Sends[0].Answer.Granted));
    }
}
