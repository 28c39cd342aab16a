using Darkroom.Jobs;
using Darkroom.Jobs.Poll;
using Darkroom.Webhooks;
using Microsoft.DurableTask.Client;

namespace Darkroom.Maintenance;

/// <summary>Deletes what a job stored: its request, its pictures, and the messages to its webhook.</summary>
public sealed class JobBlobs(RequestStore requests, PictureStore pictures, DeliveryCleanup deliveries)
{
    public async Task DeleteAsync(DurableTaskClient client, JobIndexEntry job, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(job);
        await deliveries.RemoveAsync(client, job.JobId, cancellation);
        await requests.DeleteAsync(job.JobId, cancellation);
        await pictures.DeleteAsync(FileNames.FolderOf(job.JobId, job.CreatedAt), cancellation);
    }

    /// <summary>Deletes the log of the calls that led to the job.</summary>
    public Task DeleteCallsAsync(JobTicket ticket, DateTime before, CancellationToken cancellation) =>
        requests.DeleteCallsAsync(ticket, before, cancellation);
}
