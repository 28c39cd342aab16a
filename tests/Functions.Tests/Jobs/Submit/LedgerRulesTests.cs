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
    public void What_the_ledger_says_decides(LedgerState state, int written, int asking, string? givenUp, LedgerVerdict verdict) =>
        Assert.Equal(verdict, LedgerRules.Decide(Entry(state, written), asking, givenUp, Now, Grace, Longest));

    [Fact]
    public void A_submit_that_was_not_heard_of_is_unknown_after_its_grace() =>
        Assert.Equal(
            LedgerVerdict.Unknown, LedgerRules.Decide(Entry(LedgerState.Submitting, 1), 1, givenUpNone, Now + Grace, Grace, Longest));

    [Fact]
    public void Another_attempt_waits_as_long_as_a_submit_can_take_and_then_posts()
    {
        Assert.Equal(
            LedgerVerdict.Wait, LedgerRules.Decide(Entry(LedgerState.Submitting, 1), 2, givenUpNone, Now.AddSeconds(129), Grace, Longest));
        Assert.Equal(
            LedgerVerdict.Post, LedgerRules.Decide(Entry(LedgerState.Submitting, 1), 2, givenUpNone, Now + Longest, Grace, Longest));
    }

    [Fact]
    public void Within_one_attempt_only_what_was_certainly_refused_is_ever_posted_again() =>
        Properties.ForAll(
            from state in Gen.Elements(Enum.GetValues<LedgerState>())
            from attempt in Gen.Choose(1, 5)
            from givenUp in Gen.Elements(null, "task", "other")
            from seconds in Gen.Choose(0, 100_000)
            select (state, attempt, givenUp, seconds),
            one =>
                LedgerRules.Decide(
                    Entry(one.state, one.attempt),
                    one.attempt,
                    one.givenUp,
                    Now.AddSeconds(one.seconds),
                    Grace,
                    Longest) != LedgerVerdict.Post
                    || one.state == LedgerState.Refused);

    [Fact]
    public void A_task_that_is_known_is_never_passed_over_unless_it_came_to_nothing() =>
        Properties.ForAll(
            from written in Gen.Choose(1, 5)
            from asking in Gen.Choose(1, 5)
            from givenUp in Gen.Elements(null, "other")
            select (written, asking, givenUp),
            one =>
                LedgerRules.Decide(
                    Entry(LedgerState.Submitted, one.written), one.asking, one.givenUp, Now, Grace, Longest) != LedgerVerdict.Post);

    private const string? givenUpNone = null;

    [Theory]
    [InlineData(LedgerState.Submitting, 1, "task", null, LedgerVerdict.UseTask)]
    [InlineData(LedgerState.Unknown, 1, "task", null, LedgerVerdict.UseTask)]
    [InlineData(LedgerState.Unknown, 1, "task", "task", LedgerVerdict.Post)]
    [InlineData(LedgerState.Unknown, 1, null, null, LedgerVerdict.Post)]
    [InlineData(LedgerState.Unknown, 2, "task", null, LedgerVerdict.Unknown)]
    public void A_task_that_the_job_knows_is_looked_at_before_another_is_paid_for(
        LedgerState state, int written, string? known, string? givenUp, LedgerVerdict verdict)
    {
        var entry = LedgerRules.Knowing(Entry(state, written), attempt: 2, known, givenUp);
        Assert.Equal(verdict, LedgerRules.Decide(entry, 2, givenUp, Now + Longest, Grace, Longest));
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
    public void Only_what_has_certainly_not_begun_is_blocked(LedgerState state, int written, int attempt, bool isBlocked) =>
        Assert.Equal(isBlocked, LedgerRules.Block(Entry(state, written), attempt) is not null);

    [Fact]
    public void What_is_blocked_is_not_posted_in_its_attempt_and_forgets_no_task() =>
        Properties.ForAll(
            from state in Gen.Elements(Enum.GetValues<LedgerState>())
            from written in Gen.Choose(1, 5)
            from attempt in Gen.Choose(1, 5)
            from givenUp in Gen.Elements(null, "task", "other")
            select (state, written, attempt, givenUp),
            one => LedgerRules.Block(Entry(one.state, one.written), one.attempt) is not { } block
                || (LedgerRules.Decide(block, one.attempt, one.givenUp, Now, Grace, Longest) == LedgerVerdict.Blocked
                    && block.TaskId == Entry(one.state, one.written).TaskId
                    && LedgerRules.Decide(
                        block,
                        one.attempt + 1,
                        one.givenUp,
                        Now,
                        Grace,
                        Longest) == (block.TaskId is null || block.TaskId == one.givenUp ? LedgerVerdict.Post : LedgerVerdict.UseTask)));

    private static LedgerEntry Entry(LedgerState state, int attempt) =>
        new() { Attempt = attempt, State = state, At = Now, TaskId = state == LedgerState.Submitted ? "task" : null };
}
