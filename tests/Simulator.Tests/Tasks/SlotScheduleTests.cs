using Darkroom.Simulator.Tasks;
using Darkroom.TestKit;
using FsCheck.Fluent;

namespace Darkroom.Simulator.Tests.Tasks;

public sealed class SlotScheduleTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Never_more_tasks_run_than_there_are_slots_and_none_waits_for_nothing() =>
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
                    // It shares its first instant with at most the other slots, and it waited only if all were taken the instant before.
                    var atOnce = taken.Count(other => other.Begins <= task.Begins && other.Ends > task.Begins);
                    var before = taken.Count(other => other.Begins < task.Begins && other.Ends >= task.Begins);
                    return atOnce <= plan.slots && (task.Begins == task.Asked || before >= plan.slots);
                });
            });

    [Fact]
    public void A_slot_is_free_until_all_are_taken()
    {
        var schedule = new SlotSchedule();
        schedule.Take(2, Start, TimeSpan.FromSeconds(5));
        Assert.True(schedule.HasFreeSlot(2, Start));
        schedule.Take(2, Start, TimeSpan.FromSeconds(5));
        Assert.False(schedule.HasFreeSlot(2, Start));
        Assert.True(schedule.HasFreeSlot(2, Start.AddSeconds(5)));
    }
}
