using Darkroom.Simulator.Tasks;
using Darkroom.TestKit;
using FsCheck.Fluent;

namespace Darkroom.Simulator.Tests.Tasks;

public sealed class SlotScheduleTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Take_AnyPlan_NeverExceedsTheSlotsAndNeverWaitsForAFreeSlot() =>
        Properties.ForAll(
            from slots in Gen.Choose(1, 4)
            from tasks in (from pause in Gen.Choose(0, 5) from duration in Gen.Choose(1, 9) select (pause, duration)).ListOf()
            select (slots, tasks),
            plan =>
            {
                var schedule = new SlotSchedule();
                var now = Start;
                var taken = new List<(DateTimeOffset Asked, DateTimeOffset Begins, DateTimeOffset Ends)>();
                foreach (var (pause, duration) in plan.tasks)
                {
                    now += TimeSpan.FromSeconds(pause);
                    var begins = schedule.Take(plan.slots, now, TimeSpan.FromSeconds(duration));
                    taken.Add((now, begins, begins + TimeSpan.FromSeconds(duration)));
                }

                return taken.TrueForAll(task =>
                {
                    // At its first instant no more tasks run than there are slots. It waited only if all slots were taken just before.
                    var atOnce = taken.Count(other => other.Begins <= task.Begins && other.Ends > task.Begins);
                    var before = taken.Count(other => other.Begins < task.Begins && other.Ends >= task.Begins);
                    return atOnce <= plan.slots && (task.Begins == task.Asked || before >= plan.slots);
                });
            });

    [Fact]
    public void HasFreeSlot_AllSlotsTaken_IsFalseUntilATaskEnds()
    {
        var schedule = new SlotSchedule();
        schedule.Take(2, Start, TimeSpan.FromSeconds(5));
        Assert.True(schedule.HasFreeSlot(2, Start));
        schedule.Take(2, Start, TimeSpan.FromSeconds(5));
        Assert.False(schedule.HasFreeSlot(2, Start));
        Assert.True(schedule.HasFreeSlot(2, Start.AddSeconds(5)));
    }
}
