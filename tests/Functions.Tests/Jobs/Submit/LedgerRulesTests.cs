using Darkroom.Jobs.Submit;
using Darkroom.TestKit;
using FsCheck.Fluent;

namespace Darkroom.Functions.Tests.Jobs.Submit;

public sealed class LedgerRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(130);

    [Theory]
    [InlineData(LedgerState.Submitted, 1, 1, null, LedgerVerdict.UseTask)]
    [InlineData(LedgerState.Submitted, 1, 1, "task", LedgerVerdict.UseTask)]
    [InlineData(LedgerState.Submitted, 1, 2, null, LedgerVerdict.UseTask)]
    [InlineData(LedgerState.Submitted, 1, 2, "task", LedgerVerdict.Post)]
    [InlineData(LedgerState.Submitted, 1, 2, "other", LedgerVerdict.UseTask)]
    [InlineData(LedgerState.Refused, 1, 1, null, LedgerVerdict.Post)]
    [InlineData(LedgerState.Unknown, 1, 1, null, LedgerVerdict.Unknown)]
    [InlineData(LedgerState.Unknown, 1, 2, null, LedgerVerdict.Post)]
    [InlineData(LedgerState.Submitting, 1, 1, null, LedgerVerdict.Wait)]
    [InlineData(LedgerState.Submitting, 1, 2, null, LedgerVerdict.Wait)]
    [InlineData(LedgerState.Purged, 1, 2, null, LedgerVerdict.Stop)]
    [InlineData(LedgerState.Submitted, 3, 2, null, LedgerVerdict.Stop)]
    public void Decide_AnyState_GivesTheVerdict(LedgerState state, int written, int asking, string? givenUp, LedgerVerdict verdict) =>
        Assert.Equal(verdict, Decide(Entry(state, written), asking, givenUp, Now));

    [Fact]
    public void Decide_SubmittingAfterTheGrace_IsUnknown() =>
        Assert.Equal(
            LedgerVerdict.Unknown, Decide(Entry(LedgerState.Submitting, 1), 1, givenUpNone, Now + Grace));

    [Fact]
    public void Decide_SubmittingOfAnEarlierAttempt_WaitsForTheLongestSubmitThenPosts()
    {
        Assert.Equal(
            LedgerVerdict.Wait, Decide(Entry(LedgerState.Submitting, 1), 2, givenUpNone, Now.AddSeconds(129)));
        Assert.Equal(
            LedgerVerdict.Post, Decide(Entry(LedgerState.Submitting, 1), 2, givenUpNone, Now + Longest));
    }

    [Fact]
    public void Decide_SameAttempt_PostsAgainOnlyAfterARefusal() =>
        Properties.ForAll(
            from state in Gen.Elements(Enum.GetValues<LedgerState>())
            from attempt in Gen.Choose(1, 5)
            from givenUp in Gen.Elements(null, "task", "other")
            from seconds in Gen.Choose(0, 100_000)
            select (state, attempt, givenUp, seconds),
            one =>
                Decide(
                    Entry(one.state, one.attempt),
                    one.attempt,
                    one.givenUp,
                    Now.AddSeconds(one.seconds)) != LedgerVerdict.Post
                    || one.state == LedgerState.Refused);

    [Fact]
    public void Decide_SubmittedAndNotGivenUp_NeverPosts() =>
        Properties.ForAll(
            from written in Gen.Choose(1, 5)
            from asking in Gen.Choose(1, 5)
            from givenUp in Gen.Elements(null, "other")
            select (written, asking, givenUp),
            one =>
                Decide(
                    Entry(LedgerState.Submitted, one.written), one.asking, one.givenUp, Now) != LedgerVerdict.Post);

    private const string? givenUpNone = null;

    [Theory]
    [InlineData(LedgerState.Submitting, 1, "task", null, LedgerVerdict.UseTask)]
    [InlineData(LedgerState.Unknown, 1, "task", null, LedgerVerdict.UseTask)]
    [InlineData(LedgerState.Unknown, 1, "task", "task", LedgerVerdict.Post)]
    [InlineData(LedgerState.Unknown, 1, null, null, LedgerVerdict.Post)]
    [InlineData(LedgerState.Unknown, 2, "task", null, LedgerVerdict.Unknown)]
    public void WithKnownTask_TaskIdKnownToTheJob_IsUsedBeforeAnotherPost(
        LedgerState state, int written, string? known, string? givenUp, LedgerVerdict verdict)
    {
        var entry = LedgerRules.WithKnownTask(Entry(state, written), attempt: 2, known, givenUp);
        Assert.Equal(verdict, Decide(entry, 2, givenUp, Now + Longest));
    }

    [Theory]
    [InlineData(LedgerState.Refused, 1, 1, true)]
    [InlineData(LedgerState.Refused, 1, 2, true)]
    [InlineData(LedgerState.Submitted, 1, 2, true)]
    [InlineData(LedgerState.Blocked, 1, 2, true)]
    [InlineData(LedgerState.Submitted, 1, 1, false)]
    [InlineData(LedgerState.Submitting, 1, 1, false)]
    [InlineData(LedgerState.Submitting, 1, 2, false)]
    [InlineData(LedgerState.Unknown, 1, 1, false)]
    [InlineData(LedgerState.Unknown, 1, 2, false)]
    [InlineData(LedgerState.Purged, 1, 1, false)]
    [InlineData(LedgerState.Refused, 3, 2, false)]
    public void Block_StateAndAttempt_BlocksOnlyIfNoSubmitCanHaveBegun(LedgerState state, int written, int attempt, bool isBlocked) =>
        Assert.Equal(isBlocked, LedgerRules.Block(Entry(state, written), attempt) is not null);

    [Fact]
    public void Block_BlockedEntry_IsNotPostedInItsAttemptAndKeepsItsTask() =>
        Properties.ForAll(
            from state in Gen.Elements(Enum.GetValues<LedgerState>())
            from written in Gen.Choose(1, 5)
            from attempt in Gen.Choose(1, 5)
            from givenUp in Gen.Elements(null, "task", "other")
            select (state, written, attempt, givenUp),
            one => LedgerRules.Block(Entry(one.state, one.written), one.attempt) is not { } block
                || (Decide(block, one.attempt, one.givenUp, Now) == LedgerVerdict.Blocked
                    && block.TaskId == Entry(one.state, one.written).TaskId
                    && Decide(
                        block,
                        one.attempt + 1,
                        one.givenUp,
                        Now) == (block.TaskId is null || block.TaskId == one.givenUp ? LedgerVerdict.Post : LedgerVerdict.UseTask)));

    private static LedgerEntry Entry(LedgerState state, int attempt) =>
        new() { Attempt = attempt, State = state, At = Now, TaskId = state == LedgerState.Submitted ? "task" : null };

    private static LedgerVerdict Decide(LedgerEntry entry, int attempt, string? givenUp, DateTimeOffset now) =>
        LedgerRules.Decide(entry, new LedgerQuestion(attempt, givenUp, now, new SubmitTimes(Grace, Longest)));
}
