using Microsoft.DurableTask.Client;

namespace Darkroom.Jobs.Submit;

/// <summary>
/// Checks, right before the POST, that a task is still wanted. The submit activity may have waited for storage or outlived its
/// orchestration, and in that time a caller may have got the answer that nothing will be submitted.
/// </summary>
public sealed class CancellationCheck(IBatchStatus batches, TimeProvider time)
{
    /// <summary>Whether the job still runs and has not expired, and neither the job nor its batch was canceled.</summary>
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
        // A resubmit applies to this job only, so the state of its batch does not matter.
        if (ticket is not { Batch: { } batch, Attempt: 1 })
            return true;
        return !await batches.IsGivenUpAsync(client, batch, cancellation);
    }

    private static bool IsRunning(OrchestrationMetadata? instance, JobTicket ticket) =>
        instance is { IsCompleted: false }
        && instance.ReadInputAs<JobTicket>()?.Attempt == ticket.Attempt
        && instance.ReadCustomStatusAs<JobState>() is not { CancelRequested: true };
}
