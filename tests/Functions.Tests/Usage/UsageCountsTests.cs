using Darkroom.TestKit;
using Darkroom.Usage;
using FsCheck.Fluent;

namespace Darkroom.Functions.Tests.Usage;

public sealed class UsageCountsTests
{
    private static readonly DateTime Now = new(2026, 11, 21, 8, 0, 0, DateTimeKind.Utc);
    private static readonly UsageLabels Labels = new("Owner/Name", Caller: null, Batch: null);

    [Theory]
    [InlineData(TaskOutcome.Succeeded, 1, 2, 0)]
    [InlineData(TaskOutcome.Failed, 1, 0, 1)]
    [InlineData(TaskOutcome.Unknown, 1, 0, 1)]
    [InlineData(TaskOutcome.Canceled, 1, 0, 0)]
    [InlineData(TaskOutcome.Accepted, 1, 0, 0)]
    public void With_Task_CountsItOnce(TaskOutcome outcome, int tasks, int pictures, int failed)
    {
        var counts = UsageCounts.None.With(Row(outcome) with { Pictures = pictures }, Now);
        Assert.Equal((tasks, pictures, failed, 0), (counts.Tasks, counts.Pictures, counts.Failed, counts.Reused));
        Assert.Equal(new CreditRange(pictures > 0 ? 0.5m : 0, 2), counts.Credits);
    }

    [Fact]
    public void With_TaskWithoutAnOutcomeAfterItsDeadline_CountsItAsFailed()
    {
        var row = Row(TaskOutcome.Accepted) with { Deadline = Now };
        Assert.Equal((0, 1), (UsageCounts.None.With(row, Now).Failed, UsageCounts.None.With(row, Now.AddTicks(1)).Failed));
    }

    [Fact]
    public void With_ReusedPictures_CountsNoTask()
    {
        var counts = UsageCounts.None.With(Row(TaskOutcome.Reused) with { Reused = 3 }, Now);
        Assert.Equal(UsageCounts.None with { Reused = 3 }, counts);
        Assert.Equal(new CreditRange(0, 0), counts.Credits);
    }

    [Fact]
    public void With_AnyRows_SumsTheSameInAnyOrder() => Properties.ForAll(
        (from outcome in Gen.Elements(Enum.GetValues<TaskOutcome>())
         from pictures in Gen.Choose(0, 4)
         select Row(outcome) with { Pictures = pictures, Reused = pictures }).ListOf(),
        rows =>
        {
            var forwards = rows.Aggregate(UsageCounts.None, (sum, row) => sum.With(row, Now));
            var backwards = Enumerable.Reverse(rows).Aggregate(UsageCounts.None, (sum, row) => sum.With(row, Now));
            return Equals(forwards, backwards) && forwards.Failed <= forwards.Tasks && forwards.Credits.Min <= forwards.Credits.Max;
        },
        1000);

    [Fact]
    public void DayOf_Time_IsTheDayInChina()
    {
        Assert.Equal(new DateOnly(2026, 11, 21), UsageStore.DayOf(new DateTime(2026, 11, 21, 15, 59, 59, DateTimeKind.Utc)));
        Assert.Equal(new DateOnly(2026, 11, 22), UsageStore.DayOf(new DateTime(2026, 11, 21, 16, 0, 0, DateTimeKind.Utc)));
    }

    private static UsageRow Row(TaskOutcome outcome) => new(UsageStore.DayOf(Now), outcome, Labels);
}
