using Darkroom.Jobs.Submit;
using Microsoft.DurableTask.Client;

namespace Darkroom.Batches;

/// <summary>Checks for the jobs of a batch whether the batch was given up.</summary>
public sealed class BatchStatusReader(BatchStore batches) : IBatchStatus
{
    /// <inheritdoc/>
    public async Task<bool> IsGivenUpAsync(DurableTaskClient client, string batchId, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(client);
        return await batches.IsCanceledAsync(batchId, cancellation)
            || await client.GetInstanceAsync(
                batchId, cancellation) is { RuntimeStatus: OrchestrationRuntimeStatus.Terminated or OrchestrationRuntimeStatus.Failed };
    }
}
