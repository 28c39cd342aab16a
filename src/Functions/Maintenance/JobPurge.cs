using Darkroom.Http;
using Darkroom.Requests;
using Darkroom.Storage;
using Microsoft.DurableTask.Client;

namespace Darkroom.Maintenance;

/// <summary>Takes a job away, in an order in which a crash at any point leaves something to go on from: the card goes last.</summary>
public sealed class JobPurge(Ledger ledger, PictureStore pictures, RequestStore requests, ReuseIndex reuse, JobCards cards)
{
    /// <summary>What there is of a card's job.</summary>
    public async Task<JobFound> LookAsync(DurableTaskClient client, JobCard card, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(card);
        var instance = await client.GetInstanceAsync(card.JobId, getInputsAndOutputs: false, cancellation);
        DateTime? ended = instance is { IsCompleted: true } ? instance.LastUpdatedAt.UtcDateTime : null;
        return new JobFound(instance is not null, ended, await IsNeededAsync(client, card.JobId, cancellation));
    }

    /// <summary>Takes it away. Its ledger stays, and remembers that it was there.</summary>
    public async Task PurgeAsync(DurableTaskClient client, JobCard card, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(card);
        if (await JobReader.TryGetAsync(client, card.JobId, cancellation) is { } job && job.CreatedAt == card.CreatedAt)
        {
            for (var task = 0; task < job.Ticket.Tasks; task++)
                await ledger.BuryAsync(card.JobId, task, job.State.Attempt, cancellation);
            if (job.State.ReusedFrom is { } earlier)
                await reuse.UnpinAsync(earlier, card.JobId, cancellation);
            await requests.ForgetAsync(card.JobId, cancellation);
            await pictures.DeleteAsync(FileNames.FolderOf(card.JobId, card.CreatedAt), cancellation);
            for (var task = 0; job.Ticket.Tasks > 1 && task < job.Ticket.Tasks; task++)
                await client.PurgeInstanceAsync(JobIds.OfTask(card.JobId, task, job.Ticket.Tasks), cancellation);
            await client.PurgeInstanceAsync(card.JobId, cancellation);
        }
        else
        {
            // An earlier run was cut short behind the instance, or there never was one.
            await requests.ForgetAsync(card.JobId, cancellation);
            await pictures.DeleteAsync(FileNames.FolderOf(card.JobId, card.CreatedAt), cancellation);
        }

        await cards.RemoveAsync(card, cancellation);
    }

    private async Task<bool> IsNeededAsync(DurableTaskClient client, string jobId, CancellationToken cancellation)
    {
        foreach (var other in await reuse.PinnedByAsync(jobId, cancellation))
        {
            if (await client.GetInstanceAsync(other, cancellation) is not null)
                return true;
        }

        return false;
    }
}
