using System.Diagnostics.Metrics;

namespace Darkroom.Telemetry;

/// <summary>Metrics that an idle app records too, so that their absence shows that the app does not run.</summary>
internal static class TimerMetrics
{
    private static readonly Meter Meter = new(Trace.Name);
    private static readonly Counter<long> Beats = Meter.CreateCounter<long>(
        "darkroom.heartbeat", "{beat}", "Runs of the timer that keeps the gate running, counted when storage has answered.");
    private static readonly Counter<long> Runs = Meter.CreateCounter<long>(
        "darkroom.retention.runs", "{run}", "Runs of retention that ended without an error.");
    private static readonly Counter<long> Purged = Meter.CreateCounter<long>(
        "darkroom.retention.purged", "{job}", "Jobs that retention removed.");

    /// <summary>Records that a timer fired and that the storage of the engine can be read.</summary>
    public static void Beat() => Beats.Add(1);

    /// <summary>Records a run of retention.</summary>
    public static void RetentionRan(int purged)
    {
        Runs.Add(1);
        Purged.Add(purged);
    }
}
