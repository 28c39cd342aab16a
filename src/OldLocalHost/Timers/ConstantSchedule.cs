namespace Darkroom.LocalHost.Timers;

/// <summary>Again and again after the same time.</summary>
internal sealed class ConstantSchedule(TimeSpan interval) : TimerSchedule
{
    public override DateTimeOffset Next(DateTimeOffset after, TimeZoneInfo zone) => after + interval;
}
