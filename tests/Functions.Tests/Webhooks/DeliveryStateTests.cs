using Darkroom.TestKit;
using Darkroom.Webhooks;
using FsCheck;
using FsCheck.Fluent;

namespace Darkroom.Functions.Tests.Webhooks;

/// <summary>What a delivery does next, directly and in generated sequences.</summary>
public sealed class DeliveryStateTests
{
    private static readonly DateTime Start = new(2026, 11, 21, 8, 0, 0, DateTimeKind.Utc);
    private static readonly DeliveryOrder Order = new(DeliveryOrder.Job, "job", 1);
    private static readonly DeliveryState Sending = new DeliveryState(Order) { NextAt = Start }.On(
        new DeliveryEvent.Prepared(new PrepareOutcome.Ready()), Start);

    private static readonly SendOutcome NoAnswer = new SendOutcome.NoAnswer("No answer.");

    [Fact]
    public void Next_NewDelivery_PreparesThenSendsAtOnce()
    {
        var state = new DeliveryState(Order);
        Assert.IsType<DeliveryStep.Prepare>(state.Next(Start));
        Assert.Equal(new DeliveryStep.Send(1), Sending.Next(Start));
    }

    [Fact]
    public void Next_EndNotVisible_LooksAgainAndGivesUpInTheEnd()
    {
        var (state, now) = (new DeliveryState(Order), Start);
        for (var looks = 1; looks < DeliveryState.MaxLooks; looks++)
        {
            state = state.On(new DeliveryEvent.Prepared(new PrepareOutcome.NotReady()), now);
            now = Assert.IsType<DeliveryStep.Wait>(state.Next(now)).Until;
            Assert.IsType<DeliveryStep.Prepare>(state.Next(now));
        }

        Assert.InRange(now - Start, TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30));
        state = state.On(new DeliveryEvent.Prepared(new PrepareOutcome.NotReady()), now);
        Assert.Equal((DeliveryPhase.Dropped, new DeliveryStep.End()), (state.Phase, state.Next(now)));
    }

    [Fact]
    public void Next_NothingToAnnounce_Ends() => Assert.IsType<DeliveryStep.End>(
        new DeliveryState(Order).On(new DeliveryEvent.Prepared(new PrepareOutcome.Nothing()), Start).Next(Start));

    [Fact]
    public void Next_EveryAttemptFails_FollowsTheScheduleThenGivesUp()
    {
        double[] scheduled = [5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400];
        var (state, now) = (Sending, Start);
        foreach (var seconds in scheduled)
        {
            state = state.On(new DeliveryEvent.Sent(NoAnswer), now);
            var until = Assert.IsType<DeliveryStep.Wait>(state.Next(now)).Until;
            // A timer has whole seconds, plus a margin.
            Assert.InRange((until - now).TotalSeconds, seconds, (seconds * 1.1) + 1);
            now = until;
            Assert.IsType<DeliveryStep.Send>(state.Next(now));
        }

        state = state.On(new DeliveryEvent.Sent(NoAnswer), now);
        Assert.Equal((DeliveryPhase.GivenUp, 10), (state.Phase, state.Tries));
        Assert.IsType<DeliveryStep.End>(state.Next(now));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(204)]
    [InlineData(299)]
    public void On_Delivered_Ends(int status)
    {
        var state = Sending.On(new DeliveryEvent.Sent(new SendOutcome.Delivered(status)), Start);
        Assert.Equal((DeliveryPhase.Delivered, 1), (state.Phase, state.Tries));
    }

    [Fact]
    public void On_Gone_EndsWithoutAnotherAttempt() =>
        Assert.Equal(DeliveryPhase.Refused, Sending.On(new DeliveryEvent.Sent(new SendOutcome.Gone()), Start).Phase);

    [Fact]
    public void On_WebhookRemoved_EndsWithoutCountingATry()
    {
        var state = Sending.On(new DeliveryEvent.Sent(new SendOutcome.Dropped()), Start);
        Assert.Equal((DeliveryPhase.Dropped, 0), (state.Phase, state.Tries));
    }

    [Theory]
    [InlineData(null, 5, 7)]
    [InlineData(0, 5, 7)]
    [InlineData(2, 5, 7)]
    [InlineData(60, 60, 61)]
    [InlineData(7200, 7200, 7201)]
    [InlineData(int.MaxValue, 86400, 86401)]
    public void On_RetryAfter_IsTheShortestWait(int? seconds, double least, double most)
    {
        var state = Sending.On(new DeliveryEvent.Sent(new SendOutcome.Refused(503, seconds)), Start);
        Assert.InRange((state.NextAt - Start).TotalSeconds, least, most);
    }

    [Fact]
    public void On_StorageTrouble_RepeatsTheStepLaterAndUsesNoAttempt()
    {
        var state = Sending.On(new DeliveryEvent.Failed(), Start);
        Assert.Equal((0, 0, Start.AddMinutes(5)), (state.Step, state.Tries, state.NextAt));
        Assert.Equal(new DeliveryStep.Send(1), state.Next(state.NextAt));
        for (var troubles = 2; troubles <= DeliveryState.MaxTroubles; troubles++)
            state = state.On(new DeliveryEvent.Failed(), Start);
        Assert.Equal(DeliveryPhase.GivenUp, state.Phase);
    }

    [Fact]
    public void On_Redelivered_SendsAtOnceAndBeginsTheScheduleAgain()
    {
        var state = Sending;
        for (var tries = 0; tries < 7; tries++)
            state = state.On(new DeliveryEvent.Sent(NoAnswer), Start);
        state = state.On(new DeliveryEvent.Redelivered(), Start.AddMinutes(1));
        Assert.Equal((0, new DeliveryStep.Send(8)), (state.Step, state.Next(Start.AddMinutes(1))));
        Assert.Equal(DeliveryPhase.Preparing, new DeliveryState(Order).On(new DeliveryEvent.Redelivered(), Start).Phase);
    }

    [Fact]
    public void WaitBefore_SameMessage_IsTheSame_AndDiffersBetweenMessages()
    {
        var waits = Enumerable.Range(0, 50).Select(
            number => DeliverySchedule.WaitBefore(4, new DeliveryOrder(DeliveryOrder.Job, $"job-{number}", 1).MessageId, TimeSpan.Zero));
        Assert.Equal(waits, waits.ToArray());
        Assert.InRange(waits.Distinct().Count(), 30, 50);
    }

    [Fact]
    public void MessageId_FollowsFromTheEnd()
    {
        Assert.Equal(Order.MessageId, (Order with { }).MessageId);
        string[] others = [
            (Order with { Attempt = 2 }).MessageId, (Order with { Id = "other" }).MessageId, (Order with { Kind = "batch" }).MessageId];
        Assert.Equal(3, others.Except([Order.MessageId]).Distinct().Count());
        Assert.Matches("^msg_[0-9a-z]{26}$", Order.MessageId);
    }

    private static Gen<DeliveryEvent> Events => Gen.Frequency(
        (2, Gen.Constant<DeliveryEvent>(new DeliveryEvent.Prepared(new PrepareOutcome.Ready()))),
        (1, Gen.Constant<DeliveryEvent>(new DeliveryEvent.Prepared(new PrepareOutcome.NotReady()))),
        (8, from status in Gen.Choose(300, 599)
            from wait in Gen.Choose(-1, 200_000)
            select (DeliveryEvent)new DeliveryEvent.Sent(new SendOutcome.Refused(status, wait < 0 ? null : wait))),
        (4, Gen.Constant<DeliveryEvent>(new DeliveryEvent.Sent(NoAnswer))),
        (1, Gen.Constant<DeliveryEvent>(new DeliveryEvent.Sent(new SendOutcome.Delivered(200)))),
        (1, Gen.Constant<DeliveryEvent>(new DeliveryEvent.Sent(new SendOutcome.Gone()))),
        (2, Gen.Constant<DeliveryEvent>(new DeliveryEvent.Failed())),
        (1, Gen.Constant<DeliveryEvent>(new DeliveryEvent.Redelivered())));

    // The events are filtered as the workflow would: a result arrives only for a step that was carried out.
    [Fact]
    public void Next_GeneratedEvents_KeepsTheRules() => Properties.ForAll(Events.ArrayOf(60), events =>
    {
        var (state, now, sinceRedelivery) = (new DeliveryState(Order), Start, 0);
        foreach (var happened in events)
        {
            var step = state.Next(now);
            if (step is DeliveryStep.End)
                return state.On(happened, now) is { Phase: not (DeliveryPhase.Preparing or DeliveryPhase.Sending) };
            if (step is DeliveryStep.Wait wait)
            {
                if (wait.Until <= now || wait.Until - now > TimeSpan.FromHours(27))
                    return false;
                now = happened is DeliveryEvent.Redelivered ? now : wait.Until;
            }

            step = state.Next(now);
            var isFitting = happened switch
            {
                DeliveryEvent.Prepared => step is DeliveryStep.Prepare,
                DeliveryEvent.Sent => step is DeliveryStep.Send,
                DeliveryEvent.Failed => step is not DeliveryStep.Wait,
                _ => true,
            };
            if (!isFitting)
                continue;
            var before = state;
            state = state.On(happened, now);
            sinceRedelivery = happened is DeliveryEvent.Redelivered ? 0 : sinceRedelivery + (happened is DeliveryEvent.Sent ? 1 : 0);
            if (sinceRedelivery > DeliverySchedule.Attempts || state.Tries < before.Tries || state.Order != Order)
                return false;
        }

        return true;
    });
}
