using DurableTask.Core.Exceptions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Darkroom.Gate;

/// <summary>
/// Begins the gate when it does not run: before the first job, or after it was purged or terminated. A gate that begins asks all waiting
/// jobs
/// to ask for their slot again.
/// </summary>
public static class GateKeeper
{
    /// <summary>Begins it every five minutes, so that waiting jobs do not depend on a new one.</summary>
    [Function(nameof(GateKeeper))]
    public static Task RunAsync(
        [TimerTrigger("0 */5 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        BeginAsync(client, cancellation);

    /// <summary>Begins it, unless it runs.</summary>
    public static async Task BeginAsync(DurableTaskClient client, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(client);
        // Nearly always it runs, and several starts at the same moment are each a message that the engine has to find out to be one too
        // many.
        if (await client.GetInstanceAsync(UpstreamGate.InstanceId, getInputsAndOutputs: false, cancellation) is { IsCompleted: false })
            return;
        try
        {
            var options = new StartOrchestrationOptions(UpstreamGate.InstanceId)
                .WithDedupeStatuses(
                    OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Suspended);
            await client.ScheduleNewOrchestrationInstanceAsync(nameof(UpstreamGate), input: null, options, cancellation);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            // It runs already.
        }
    }
}
