using Darkroom.LocalHost.Queues;
using Darkroom.TestKit;
using FsCheck.Fluent;

namespace Darkroom.LocalHost.Tests.Queues;

public sealed class PollingPauseTests
{
    [Fact]
    public void It_doubles_until_it_is_the_longest_and_begins_anew_when_something_was_there()
    {
        var pause = new PollingPause(TimeSpan.FromSeconds(1), () => 0.5);
        Assert.Equal([100, 200, 400, 800, 1000, 1000], Enumerable.Range(0, 6).Select(_ => pause.Next().TotalMilliseconds));
        pause.Reset();
        Assert.Equal(100, pause.Next().TotalMilliseconds);
    }

    [Fact]
    public void It_is_never_below_the_floor_nor_above_the_longest() => Properties.ForAll(
        from longest in Gen.Choose(100, 60_000)
        from draws in Gen.Choose(0, 1000).ArrayOf()
        select (longest, draws),
        given =>
        {
            var draws = new Queue<int>(given.draws);
            var pause = new PollingPause(TimeSpan.FromMilliseconds(given.longest), () => draws.Dequeue() / 1000.0);
            return given.draws.Select(_ => pause.Next()).ToList().TrueForAll(time => time >= PollingPause.Shortest && time.TotalMilliseconds <= given.longest);
        });
}
