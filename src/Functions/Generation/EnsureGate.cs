using Darkroom.Gate;
using DurableTask.Core.Exceptions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Darkroom.Generation;

/// <summary>Starts the gate if it is not there: it may have been purged or terminated.</summary>
public static class EnsureGate
{
    /// <summary>Starts it, unless it runs.</summary>
    [Function(nameof(EnsureGate))]
    public static async Task<string> RunAsync([ActivityTrigger] string? input, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        await StartAsync(client, cancellation);
        return UpstreamGate.InstanceId;
    }

    /// <summary>Starts it, unless it runs.</summary>
    public static async Task StartAsync(DurableTaskClient client, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(client);
        // Nearly always it runs, and several starts at the same moment are each a message that the engine has to find out to be one too many.
        if (await client.GetInstanceAsync(UpstreamGate.InstanceId, getInputsAndOutputs: false, cancellation) is { IsCompleted: false })
            return;
        try
        {
            var options = new StartOrchestrationOptions(UpstreamGate.InstanceId)
                .WithDedupeStatuses(OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Suspended);
            await client.ScheduleNewOrchestrationInstanceAsync(nameof(UpstreamGate), input: null, options, cancellation);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            // It runs, which is all that was wanted.
        }
    }
}
