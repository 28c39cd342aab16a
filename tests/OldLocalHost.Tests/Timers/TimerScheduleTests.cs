using System.Globalization;
using Darkroom.LocalHost.Timers;
using Darkroom.TestKit;
using FsCheck.Fluent;

namespace Darkroom.LocalHost.Tests.Timers;

public sealed class TimerScheduleTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly TimeZoneInfo NewYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

    [Theory]
    [InlineData("0 */5 * * * *", "2026-11-21T10:05:00Z")]
    [InlineData("*/5 * * * *", "2026-11-21T10:05:00Z")]
    [InlineData("30 0 * * * *", "2026-11-21T11:00:30Z")]
    [InlineData("0 0 9 * * MON-FRI", "2026-11-23T09:00:00Z")]
    [InlineData("0 30 9 1 Jan *", "2027-01-01T09:30:00Z")]
    [InlineData("  0  0  12  *  *  * ", "2026-11-21T12:00:00Z")]
    [InlineData("00:00:30", "2026-11-21T10:01:31Z")]
    [InlineData("1.00:00:00", "2026-11-22T10:01:01Z")]
    public void The_next_occurrence_comes_after_the_time(string schedule, string next) =>
        Assert.Equal(Time(next), Parse(schedule).Next(Time("2026-11-21T10:01:01Z"), TimeZoneInfo.Utc));

    [Theory]
    [InlineData("", "the schedule '' is neither a cron expression of six fields (seconds first) or five, nor a time span")]
    [InlineData("every hour", "the schedule 'every hour' is neither a cron expression of six fields (seconds first) or five, nor a time span")]
    [InlineData("0 0 0 0 * *", "the schedule '0 0 0 0 * *' is neither a cron expression of six fields (seconds first) or five, nor a time span")]
    [InlineData("* * * * * * *", "the schedule '* * * * * * *' is neither a cron expression of six fields (seconds first) or five, nor a time span")]
    [InlineData("0 0 0 30 2 *", "the schedule '0 0 0 30 2 *' never comes due")]
    [InlineData("00:00:00", "the schedule '00:00:00' must be longer than nothing and no longer than 10000 days")]
    [InlineData("-00:01:00", "the schedule '-00:01:00' must be longer than nothing and no longer than 10000 days")]
    [InlineData("10001.00:00:00", "the schedule '10001.00:00:00' must be longer than nothing and no longer than 10000 days")]
    public void What_is_no_schedule_is_said(string text, string problem)
    {
        Assert.Null(TimerSchedule.Parse(text, out var said));
        Assert.Equal(problem, said);
    }

    [Theory]
    [InlineData("0 * * * * *", false)]
    [InlineData("*/30 * * * * *", true)]
    [InlineData("0,10 0 * * * *", true)]
    [InlineData("00:00:59", true)]
    [InlineData("00:01:00", false)]
    public void Schedules_below_a_minute_are_known(string schedule, bool isBelow) =>
        Assert.Equal(isBelow, Parse(schedule).IsBelowAMinute(Time("2026-11-21T10:01:01Z"), TimeZoneInfo.Utc));

    [Theory]
    // Every day at nine on the clock, before and after the change.
    [InlineData("0 0 9 * * *", "2026-03-28T08:00:00Z", "2026-03-29T07:00:00Z")]
    [InlineData("0 0 9 * * *", "2026-10-24T07:00:00Z", "2026-10-25T08:00:00Z")]
    // Half past two does not exist on the day that clocks go forward, and exists twice on the day that they go back.
    [InlineData("0 30 2 * * *", "2026-03-28T01:30:00Z", "2026-03-29T01:30:00Z")]
    [InlineData("0 30 2 * * *", "2026-10-24T00:30:00Z", "2026-10-25T00:30:00Z")]
    [InlineData("0 30 2 * * *", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    // What runs every hour goes on every hour.
    [InlineData("0 0 * * * *", "2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("0 0 * * * *", "2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z")]
    [InlineData("0 30 * * * *", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z")]
    public void A_change_of_the_clocks_neither_leaves_out_a_day_nor_doubles_it(string schedule, string after, string next) =>
        Assert.Equal(Time(next), Parse(schedule).Next(Time(after), Berlin));

    [Fact]
    public void Time_only_goes_forward_and_what_runs_every_minute_runs_every_minute() => Properties.ForAll(
        from zone in Gen.Elements(TimeZoneInfo.Utc, Berlin, NewYork, TimeZoneInfo.FindSystemTimeZoneById("Australia/Lord_Howe"))
        from second in Gen.Choose(0, 365 * 24 * 3600)
        from schedule in Gen.Elements("0 * * * * *", "0 */15 * * * *", "30 5 */3 * * *", "0 30 2 * * *", "0 0 0 29 2 *", "00:07:00")
        select (zone, start: new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(second), schedule),
        given =>
        {
            var next = Parse(given.schedule).Next(given.start, given.zone);
            return next > given.start
                && (given.schedule != "0 * * * * *" || next - given.start <= TimeSpan.FromMinutes(1))
                && (given.schedule != "0 30 2 * * *" || next - given.start <= TimeSpan.FromHours(25));
        });

    private static TimerSchedule Parse(string schedule) => TimerSchedule.Parse(schedule, out var problem) ?? throw new InvalidOperationException(problem);

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
