namespace Darkroom.Functions.Tests.Orchestrations.TaskHub;

/// <summary>
/// The clock of activities. It shows the hub's time, which stands still while an activity runs. Its timers use the real clock, so that a
/// dropped or silent connection times out instead of hanging.
/// </summary>
internal sealed class ActivityTime(TimeProvider hub) : TimeProvider
{
    public override long TimestampFrequency => hub.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => hub.GetUtcNow();

    public override long GetTimestamp() => hub.GetTimestamp();
}
