using Darkroom.LocalHost.Tests.Hosting;
using Darkroom.LocalHost.Timers;

namespace Darkroom.LocalHost.Tests.Timers;

public sealed class TimerStatusTests
{
    private static readonly DateTimeOffset Ten = new(2026, 11, 21, 10, 0, 0, TimeSpan.Zero);
    private static readonly TimerSchedule Hourly = TimerSchedule.Parse("0 0 * * * *", out _)!;
    private static readonly TimerSchedule Daily = TimerSchedule.Parse("0 0 9 * * *", out _)!;

    [Fact]
    public void A_timer_that_is_new_has_missed_nothing()
    {
        var status = TimerStatus.First(Hourly, Ten.AddMinutes(5), TimeZoneInfo.Utc);
        Assert.Equal(new TimerStatus(default, Ten.AddHours(1), Ten.AddMinutes(5)), status);
    }

    [Theory]
    [InlineData(30, false)]
    [InlineData(60, false)]
    [InlineData(61, true)]
    [InlineData(6000, true)]
    public void It_is_past_due_once_the_next_occurrence_has_passed(int minutes, bool isPastDue)
    {
        var status = TimerStatus.After(Ten, Hourly, TimeZoneInfo.Utc);
        Assert.Equal(status, status.AtStart(Hourly, Ten.AddMinutes(minutes), TimeZoneInfo.Utc, out var isMissed));
        Assert.Equal(isPastDue, isMissed);
    }

    [Fact]
    public void One_that_never_ran_can_be_past_due_too()
    {
        var status = TimerStatus.First(Hourly, Ten, TimeZoneInfo.Utc);
        status.AtStart(Hourly, Ten.AddMinutes(90), TimeZoneInfo.Utc, out var isPastDue);
        Assert.True(isPastDue);
    }

    [Fact]
    public void A_changed_schedule_begins_anew_and_has_missed_nothing()
    {
        var status = TimerStatus.After(Ten, Hourly, TimeZoneInfo.Utc).AtStart(Daily, Ten.AddDays(3), TimeZoneInfo.Utc, out var isPastDue);
        Assert.False(isPastDue);
        Assert.Equal(new TimerStatus(default, Ten.AddDays(3).AddHours(23), Ten), status);
    }

    [Fact]
    public void It_is_read_back_as_it_was_written_and_nonsense_is_nothing()
    {
        using var directory = new TempDirectory();
        var file = new TimerStatusFile(directory.Path, "Clean");
        Assert.Null(file.Read());
        var status = TimerStatus.After(Ten.AddTicks(7), Hourly, TimeZoneInfo.Utc);
        file.Write(status);
        Assert.Equal(status, file.Read());
        Assert.Equal(Path.Combine(directory.Path, "timers", "Clean.json"), file.Path);
        Assert.StartsWith("{\"Last\":\"2026-11-21T10:00:00", File.ReadAllText(file.Path), StringComparison.Ordinal);
        foreach (var nonsense in (string[])["", "{", "[]", "null"])
        {
            File.WriteAllText(file.Path, nonsense);
            Assert.Null(file.Read());
        }
    }
}
