using Darkroom.Gate;

namespace Darkroom.Functions.Tests.Gate;

public sealed class GateUsageTests
{
    private static readonly DateTime Start = new(2026, 11, 21, 8, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Until_FirstCall_CountsNothing()
    {
        var usage = new GateUsage().Until(Start, busy: 1, slots: 1);
        Assert.Empty(usage.Counted);
        Assert.Equal(0, usage.Share(Start, 60));
    }

    [Fact]
    public void Until_AcrossTwoMinutes_CountsTheSecondsOfEach()
    {
        var usage = From(Start.AddSeconds(50)).Until(Start.AddSeconds(80), busy: 1, slots: 2);
        Assert.Equal([(10, 20), (20, 40)], usage.Counted.Select(minute => (minute.Used, minute.There)));
    }

    [Fact]
    public void Until_WithMoreHoldersThanSlots_CountsTheSlots()
    {
        var usage = From(Start).Until(Start.AddSeconds(10), busy: 5, slots: 2);
        Assert.Equal(1, usage.Share(Start.AddSeconds(10), 60));
    }

    [Fact]
    public void Until_AfterALongPause_KeepsOneHour()
    {
        var usage = From(Start).Until(Start.AddHours(5), busy: 0, slots: 1);
        Assert.InRange(usage.Counted.Length, 60, 61);
        Assert.Equal(3600, usage.Counted.Sum(minute => minute.There));
    }

    [Fact]
    public void Share_OverALongTime_IgnoresMinutesOlderThanAnHour()
    {
        var (usage, now) = (From(Start), Start);
        for (var minute = 0; minute < 200; minute++)
            usage = usage.Until(now = now.AddMinutes(1), busy: minute < 140 ? 1 : 0, slots: 1);
        Assert.InRange(usage.Counted.Length, 60, 61);
        Assert.Equal(0, usage.Share(now, 60), 2);
        Assert.Equal(0, usage.Share(now, 1));
    }

    [Fact]
    public void Until_WhenTheClockGoesBack_ChangesNothing()
    {
        var usage = From(Start).Until(Start.AddSeconds(10), busy: 1, slots: 1);
        Assert.Equal(usage.Counted, usage.Until(Start, busy: 1, slots: 1).Counted);
    }

    private static GateUsage From(DateTime begin) => new GateUsage().Until(begin, busy: 0, slots: 1);
}
