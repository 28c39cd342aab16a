using System.Diagnostics.Metrics;

namespace Darkroom.Telemetry;

/// <summary>
/// The value of a gauge. It is reported only while it is fresh: an instance that does not measure any more must not repeat its last value
/// for as long as its process lives.
/// </summary>
internal sealed class LatestReading(TimeProvider time, TimeSpan limit)
{
    private Reading? _latest;

    /// <summary>Replaces the value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="at">When it was measured. It is a parameter because an orchestration must not read a clock.</param>
    public void Record(double value, DateTime at) => Volatile.Write(ref _latest, new Reading(value, at));

    /// <summary>The value, if it is at most as old as the limit; otherwise nothing.</summary>
    public IEnumerable<Measurement<double>> Observe()
    {
        var latest = Volatile.Read(ref _latest);
        return latest is not null && time.GetUtcNow().UtcDateTime - latest.At <= limit ? [new Measurement<double>(latest.Value)] : [];
    }

    private sealed record Reading(double Value, DateTime At);
}
