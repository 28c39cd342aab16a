using System.Diagnostics.Metrics;

namespace Darkroom.Telemetry;

/// <summary>The metrics of the gate. Only an instance that has measured recently reports them; on an idle app none does.</summary>
internal static class GateMetrics
{
    // While a slot is taken or a job waits, the gate shows its state at least every 30 s. After four times that, it runs in another
    // instance or is idle. Metrics are exported every minute, so that each reading is exported at least once.
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(2);

    private static readonly LatestReading Utilisation = new(TimeProvider.System, Fresh);
    private static readonly LatestReading Balance = new(TimeProvider.System, Fresh);
    private static readonly Meter Meter = new(Trace.Name);

    static GateMetrics()
    {
        Meter.CreateObservableGauge("darkroom.slots.utilisation", Utilisation.Observe, "1", "The share of slots in use.");
        Meter.CreateObservableGauge("darkroom.credits", Balance.Observe, "{credit}", "Credits left at the last check of the balance.");
    }

    /// <summary>Records the state of the gate.</summary>
    public static void Slots(int inUse, int slots, DateTime at) => Utilisation.Record((double)inUse / Math.Max(1, slots), at);

    /// <summary>Records the result of a check of the balance.</summary>
    public static void Credits(decimal available, DateTime at) => Balance.Record((double)available, at);
}
