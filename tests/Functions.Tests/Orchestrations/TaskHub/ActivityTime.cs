namespace Darkroom.Functions.Tests.Orchestrations.TaskHub;

/// <summary>
/// The clock of activities: it shows the hub's time, which stands still while they run. Timers are real, so that a connection that drops or
/// goes silent times out instead of hanging.
/// </summary>
internal sealed class ActivityTime(TimeProvider hub) : TimeProvider
{
    public override long TimestampFrequency => hub.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => hub.GetUtcNow();

    public override long GetTimestamp() => hub.GetTimestamp();
}
