using Darkroom.Jobs.Calls;
using Darkroom.TestKit;
using FsCheck.Fluent;

namespace Darkroom.Functions.Tests.Jobs.Calls;

/// <summary>Which job a request gets: the job of an earlier try, or a new one.</summary>
public sealed class CallHistoryTests
{
    private static readonly DateTime Now = SampleJob.Start;

    [Theory]
    [InlineData(TryState.Unanswered, WaitKnowledge.No, RetryMark.First, true)]
    [InlineData(TryState.Unanswered, WaitKnowledge.No, RetryMark.Unmarked, true)]
    [InlineData(TryState.Unanswered, WaitKnowledge.No, RetryMark.Retry, true)]
    [InlineData(TryState.Waiting, WaitKnowledge.Yes, RetryMark.First, false)]
    [InlineData(TryState.Waiting, WaitKnowledge.Yes, RetryMark.Unmarked, false)]
    [InlineData(TryState.Waiting, WaitKnowledge.Yes, RetryMark.Retry, true)]
    [InlineData(TryState.Waiting, WaitKnowledge.No, RetryMark.First, true)]
    [InlineData(TryState.Waiting, WaitKnowledge.No, RetryMark.Unmarked, true)]
    [InlineData(TryState.Waiting, WaitKnowledge.Unknown, RetryMark.First, false)]
    [InlineData(TryState.Waiting, WaitKnowledge.Unknown, RetryMark.Unmarked, true)]
    [InlineData(TryState.Waiting, WaitKnowledge.Unknown, RetryMark.Retry, true)]
    [InlineData(TryState.Failed, WaitKnowledge.No, RetryMark.First, false)]
    [InlineData(TryState.Failed, WaitKnowledge.No, RetryMark.Unmarked, true)]
    [InlineData(TryState.Failed, WaitKnowledge.No, RetryMark.Retry, true)]
    [InlineData(TryState.Answered, WaitKnowledge.No, RetryMark.First, false)]
    [InlineData(TryState.Answered, WaitKnowledge.No, RetryMark.Unmarked, false)]
    [InlineData(TryState.Answered, WaitKnowledge.No, RetryMark.Retry, true)]
    public void Begin_AfterAnEarlierTry_GetsItsJobOrANewOne(TryState state, WaitKnowledge waits, RetryMark mark, bool isAttached)
    {
        var history = new CallHistory([Try("old", state, seconds: -10)]);
        var (next, chosen) = history.Begin(Try("new"), mark, _ => waits);
        Assert.Equal(isAttached ? "old" : "new", chosen.JobId);
        Assert.Equal((TryState.Waiting, Now), (chosen.State, chosen.At));
        Assert.Contains(chosen, next.Tries);
        Assert.Equal(isAttached ? 1 : 2, next.Tries.Count);
    }

    [Theory]
    [InlineData(TryState.Unanswered, 899, RetryMark.First, true)]
    [InlineData(TryState.Unanswered, 900, RetryMark.Retry, false)]
    [InlineData(TryState.Failed, 59, RetryMark.Unmarked, true)]
    [InlineData(TryState.Failed, 60, RetryMark.Unmarked, false)]
    [InlineData(TryState.Failed, 899, RetryMark.Retry, true)]
    public void Begin_AfterTheWindow_GetsANewJob(TryState state, int seconds, RetryMark mark, bool isAttached)
    {
        var history = new CallHistory([Try("old", state, -seconds)]);
        Assert.Equal(isAttached ? "old" : "new", history.Begin(Try("new"), mark, _ => WaitKnowledge.No).Try.JobId);
    }

    [Fact]
    public void Begin_WaitingLongerThanTheHostAllows_CountsAsUnanswered()
    {
        var history = new CallHistory([Try("old", TryState.Waiting, seconds: -600)]);
        Assert.Equal("old", history.Begin(Try("new"), RetryMark.First, _ => WaitKnowledge.Unknown).Try.JobId);
    }

    [Fact]
    public void Begin_TwoCallsGaveUp_EachRetryGetsAJobOfItsOwn()
    {
        var history = new CallHistory([Try("a", TryState.Unanswered, -9), Try("b", TryState.Unanswered, -8)]);
        (history, var first) = history.Begin(Try("new"), RetryMark.Retry, _ => WaitKnowledge.Yes);
        var (_, second) = history.Begin(Try("new"), RetryMark.Retry, _ => WaitKnowledge.Yes);
        Assert.Equal(("a", "b"), (first.JobId, second.JobId));
    }

    [Fact]
    public void End_ByAnEarlierTry_DoesNotEndARetryOnAnotherWorker()
    {
        var late = Try("job");
        var history = new CallHistory([late with { Worker = "other" }]);
        Assert.Equal(TryState.Waiting, Assert.Single(history.End(late, TryState.Unanswered, Now).Tries).State);
        Assert.Equal(TryState.Answered, Assert.Single(history.End(late, TryState.Answered, Now).Tries).State);
    }

    [Fact]
    public void Begin_ManyCalls_KeepsTheUnansweredOnes()
    {
        var history = new CallHistory([Try("owed", TryState.Unanswered, -100)]);
        for (var number = 0; number < 100; number++)
            history = history.Begin(Try($"{number}"), RetryMark.First, _ => WaitKnowledge.Yes).Next.End(
                Try($"{number}"), TryState.Answered, Now);
        Assert.InRange(history.Tries.Count, 1, CallHistory.Most);
    }

    [Fact]
    public void Begin_RetriesOfMarkingClients_NeverGetANewJob() => Properties.ForAll(
        (from state in Gen.Elements(Enum.GetValues<TryState>())
         from seconds in Gen.Choose(0, 899)
         from waits in Gen.Elements(Enum.GetValues<WaitKnowledge>())
         select (state, seconds, waits)).NonEmptyListOf(),
        tries =>
        {
            var history = new CallHistory([.. tries.Select((one, number) => Try($"{number}", one.state, -one.seconds))]);
            return history.Begin(Try("new"), RetryMark.Retry, one => tries[int.Parse(one.JobId)].waits).Try.JobId != "new";
        });

    private static CallTry Try(string job, TryState state = TryState.Waiting, int seconds = 0) =>
        new(job, "worker", Now.AddSeconds(seconds), state);
}
