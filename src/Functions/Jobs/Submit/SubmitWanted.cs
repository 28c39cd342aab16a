using Microsoft.DurableTask.Client;

namespace Darkroom.Jobs.Submit;

/// <summary>
/// Whether a task is still wanted at the moment before it is paid for. The activity that submits may have waited for storage, or have outlived
/// its orchestration; what was answered to a caller meanwhile holds.
/// </summary>
internal static class SubmitWanted
{
    public static async Task<bool> IsAsync(DurableTaskClient client, IBatchStatus batches, JobTicket ticket, DateTimeOffset now, CancellationToken cancellation)
    {
        if (now >= new DateTimeOffset(ticket.ExpiresAt, TimeSpan.Zero))
            return false;
        if (!IsWanted(await client.GetInstanceAsync(ticket.InstanceId, getInputsAndOutputs: true, cancellation), ticket))
            return false;
        // A durable termination takes no children along, and its cancel may not have reached them yet.
        if (ticket.Tasks > 1 && !IsWanted(await client.GetInstanceAsync(ticket.JobId, getInputsAndOutputs: true, cancellation), ticket))
            return false;
        // Who asks for another attempt of one job means that job, whatever became of its batch.
        if (ticket is not { Batch: { } batch, Attempt: 1 })
            return true;
        return !await batches.IsGivenUpAsync(client, batch, cancellation);
    }

    private static bool IsWanted(OrchestrationMetadata? instance, JobTicket ticket) =>
        instance is { IsCompleted: false } && instance.ReadInputAs<JobTicket>()?.Attempt == ticket.Attempt && instance.ReadCustomStatusAs<JobState>() is not { CancelRequested: true };
}
