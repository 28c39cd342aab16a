using Microsoft.DurableTask.Client;

namespace Darkroom.Jobs.Submit;

/// <summary>
/// What a job needs to know about its batch. The Batches folder implements it, because the Jobs folder must not use Batches.
/// </summary>
public interface IBatchStatus
{
    /// <summary>Whether the batch was canceled, terminated or failed. If so, none of its jobs may be submitted.</summary>
    Task<bool> IsGivenUpAsync(DurableTaskClient client, string batchId, CancellationToken cancellation);
}
