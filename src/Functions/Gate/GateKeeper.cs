using System.Diagnostics;
using Darkroom.Telemetry;
using DurableTask.Core.Exceptions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Darkroom.Gate;

/// <summary>
/// Starts the gate if it does not run: before the first job, or after it was purged or terminated. A gate that starts requests all waiting
/// jobs to ask for their slot again.
/// </summary>
public static class GateKeeper
{
    /// <summary>Starts the gate every five minutes, so that waiting jobs do not depend on the start of a new job.</summary>
    [Function(nameof(GateKeeper))]
    public static async Task RunAsync(
        [TimerTrigger("0 */5 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        await BeginAsync(client, cancellation);
        TimerMetrics.Beat();
    }

    /// <summary>Starts the gate, unless it runs.</summary>
    public static async Task BeginAsync(DurableTaskClient client, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(client);
        // The gate nearly always runs. Each start of a running instance would send a message that the engine has to discard.
        if (await client.GetInstanceAsync(UpstreamGate.InstanceId, getInputsAndOutputs: false, cancellation) is { IsCompleted: false })
            return;
        // The gate runs for weeks. In the trace of the job that happens to start it, its spans would hide those of the job.
        Activity.Current = null;
        try
        {
            var options = new StartOrchestrationOptions(UpstreamGate.InstanceId)
                .WithDedupeStatuses(
                    OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Suspended);
            await client.ScheduleNewOrchestrationInstanceAsync(nameof(UpstreamGate), input: null, options, cancellation);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            // Another caller started it meanwhile.
        }
    }
}
