using Darkroom.Durable;
using Darkroom.Jobs.Poll;
using Darkroom.TestKit;
using FsCheck.Fluent;

namespace Darkroom.Functions.Tests.Jobs.Poll;

public sealed class PollPlanTests
{
    [Theory]
    [InlineData(20, 19.2)]
    [InlineData(20, 20)]
    [InlineData(0.5, 0.3)]
    public void Next_AfterAnEarlyFirstLook_IsOneStep(double first, double passed)
    {
        var plan = new PollSchedule(first, StepSeconds: 3, SlowFromSeconds: 60, Growth: 0.1, FloorSeconds: 2);
        Assert.Equal(TimeSpan.FromSeconds(3), plan.Next(TimeSpan.FromSeconds(passed)));
        Assert.Equal(TimeSpan.FromSeconds(first), plan.Next(TimeSpan.Zero));
    }

    [Fact]
    public void For_UsualTask_SeesItsEndSoonWithAboutThreeLooks()
    {
        var schedule = PollPlan.For(new Expectation(5.8, 0.67), floorSeconds: 0.25, fixedSeconds: null);
        var chance = new Random(1);
        var (lags, looks) = (new List<double>(), 0);
        for (var i = 0; i < 2000; i++)
        {
            var (lag, count) = Watch(schedule, 5.8 * (0.8 + (0.4 * chance.NextDouble())));
            lags.Add(lag);
            looks += count;
        }

        lags.Sort();
        Assert.InRange(lags[1000], 0, 0.6);
        Assert.InRange(looks / 2000.0, 1, 3.2);
    }

    [Theory]
    [InlineData(0.1, 0.1)]
    [InlineData(0.5, 1.3)]
    [InlineData(1, 1.3)]
    [InlineData(4.4, 4.3)]
    [InlineData(4.6, 5.3)]
    public void Fit_Wait_IsRoundedToWholeSecondsPlusAMargin(double wanted, double asked) =>
        Assert.Equal(asked, TimerResolution.Fit(TimeSpan.FromSeconds(wanted)).TotalSeconds, 3);

    [Fact]
    public void Next_AnySchedule_IsNeverShorterThanTheFloor() =>
        Properties.ForAll(
            from mean in Gen.Choose(1, 1000)
            from spread in Gen.Choose(0, 500)
            from floor in Gen.Elements(0.25, 1.0, 2.0, 10.0)
            from passed in Gen.Choose(0, 5000)
            select (mean: mean / 10.0, spread: spread / 10.0, floor, passed: passed / 10.0),
            one =>
            {
                var schedule = PollPlan.For(new Expectation(one.mean, one.spread), one.floor, null);
                var next = schedule.Next(TimeSpan.FromSeconds(one.passed)).TotalSeconds;
                // A look that comes up to a second early counts as the first look.
                var isBeforeFirst = one.passed < schedule.FirstSeconds - Math.Min(1, schedule.FirstSeconds / 2);
                return schedule.FirstSeconds >= one.floor
                    && (isBeforeFirst ? Math.Abs(one.passed + next - schedule.FirstSeconds) < 1e-6 : next >= one.floor - 1e-9);
            },
            cases: 300);

    [Fact]
    public void For_DeadlineOfADay_CostsDozensOfLooks()
    {
        var schedule = PollPlan.For(new Expectation(5.8, 0.67), floorSeconds: 0.25, fixedSeconds: null);
        Assert.InRange(Watch(schedule, 86_400).Looks, 10, 120);
    }

    [Fact]
    public void For_FixedInterval_ReplacesThePlan()
    {
        var schedule = PollPlan.For(new Expectation(5.8, 0.67), floorSeconds: 0.25, fixedSeconds: 3);
        Assert.Equal([3, 3, 3], new[] { 0.0, 3.0, 60.0 }.Select(passed => schedule.Next(TimeSpan.FromSeconds(passed)).TotalSeconds));
    }

    [Fact]
    public void Expect_ManyObservedTasks_OutweighTheGuess()
    {
        var guess = new Expectation(5.8, 1.4);
        var statistics = Enumerable.Repeat(12.0, 30).Aggregate(TaskStatistics.None, (all, seconds) => all.With(seconds));
        Assert.Equal(12, statistics.Expect(guess).MeanSeconds, 3);
        Assert.InRange(TaskStatistics.None.With(12).Expect(guess).MeanSeconds, 6, 8);
    }

    [Fact]
    public void Plus_StatisticsOfSeveralWorkers_AddUpInAnyOrder() =>
        Properties.ForAll(
            from one in Gen.Choose(1, 100).ListOf(5)
            from two in Gen.Choose(1, 100).ListOf(7)
            select (one, two),
            seen =>
            {
                var (one, two) = (Of(seen.one), Of(seen.two));
                return one.Plus(two) == two.Plus(one) && Math.Abs(one.Plus(two).Sum - seen.one.Concat(seen.two).Sum()) < 1e-6;
            });

    private static TaskStatistics Of(IEnumerable<int> seconds) => seconds.Aggregate(TaskStatistics.None, (all, one) => all.With(one));

    private static (double Lag, int Looks) Watch(PollSchedule schedule, double end)
    {
        var (at, looks) = (0.0, 0);
        do
        {
            // The engine waits whole seconds, counted from a moment later.
            var asked = TimerResolution.Fit(schedule.Next(TimeSpan.FromSeconds(at))).TotalSeconds;
            at += Math.Floor(asked - 0.05) + 0.1;
            looks++;
        }
        while (at < end);

        return (at - end, looks);
    }
}
