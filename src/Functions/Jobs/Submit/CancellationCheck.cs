using Microsoft.DurableTask.Client;

namespace Darkroom.Jobs.Submit;

/// <summary>
/// Whether a task is still wanted, right before it is posted. The activity that submits may have waited for storage, or may have outlived
/// its orchestration; what was answered to a caller meanwhile must stay true.
/// </summary>
public sealed class CancellationCheck(IBatchStatus batches, TimeProvider time)
{
    /// <summary>Whether the job has not expired, and neither it nor its batch was canceled or ended.</summary>
    public async Task<bool> IsWantedAsync(DurableTaskClient client, JobTicket ticket, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(ticket);
        if (time.GetUtcNow() >= new DateTimeOffset(ticket.ExpiresAt, TimeSpan.Zero))
            return false;
        if (!IsRunning(await client.GetInstanceAsync(ticket.InstanceId, getInputsAndOutputs: true, cancellation), ticket))
            return false;
        // Terminating an orchestration does not end its children, and its cancel event may not have reached them yet.
        if (ticket.Tasks > 1 && !IsRunning(await client.GetInstanceAsync(ticket.JobId, getInputsAndOutputs: true, cancellation), ticket))
            return false;
        // A resubmit is about one job, whatever became of its batch.
        if (ticket is not { Batch: { } batch, Attempt: 1 })
            return true;
        return !await batches.IsGivenUpAsync(client, batch, cancellation);
    }

    private static bool IsRunning(OrchestrationMetadata? instance, JobTicket ticket) =>
        instance is { IsCompleted: false }
        && instance.ReadInputAs<JobTicket>()?.Attempt == ticket.Attempt
        && instance.ReadCustomStatusAs<JobState>() is not { CancelRequested: true };
}
