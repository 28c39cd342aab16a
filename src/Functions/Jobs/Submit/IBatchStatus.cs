using Microsoft.DurableTask.Client;

namespace Darkroom.Jobs.Submit;

/// <summary>What a job has to know of the batch it belongs to. Batches implement it, because jobs know nothing of them.</summary>
public interface IBatchStatus
{
    /// <summary>Whether the batch was canceled, terminated or failed: then none of its jobs is submitted any more.</summary>
    Task<bool> IsGivenUpAsync(DurableTaskClient client, string batchId, CancellationToken cancellation);
}
