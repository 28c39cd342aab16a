using Darkroom.Api;
using Darkroom.Settings;

namespace Darkroom.Functions.Tests.Api;

public sealed class WaitingCallersTests
{
    [Fact]
    public void TryOpen_AtTheLimit_ReturnsNullUntilOnePlaceIsDisposed()
    {
        var open = new WaitingCallers(new DarkroomSettings { MaxWaitingCallers = 2 });
        var (first, second) = (open.TryOpen()!, open.TryOpen()!);
        Assert.Null(open.TryOpen());
        first.Dispose();
        first.Dispose();
        using var third = open.TryOpen();
        Assert.NotNull(third);
        Assert.Null(open.TryOpen());
        second.Dispose();
    }

    [Fact]
    public void TryOpen_ManyCallersAtOnce_NeverExceedsTheLimit()
    {
        var open = new WaitingCallers(new DarkroomSettings { MaxWaitingCallers = 10 });
        var (held, most) = (0, 0);
        Parallel.For(0, 10_000, _ =>
        {
            using var place = open.TryOpen();
            if (place is null)
                return;
            InterlockedMax(ref most, Interlocked.Increment(ref held));
            Interlocked.Decrement(ref held);
        });
        Assert.InRange(most, 1, 10);
        Assert.All(Enumerable.Range(0, 10), _ => Assert.NotNull(open.TryOpen()));
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (
            var seen = most; value > seen && Interlocked.CompareExchange(ref most, value, seen) is var there && there != seen; seen = there)
        {
            // Another thread has changed the value: try again.
        }
    }
}
