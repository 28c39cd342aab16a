using Darkroom.Jobs;
using Darkroom.Jobs.Submit;
using Darkroom.Requests;
using Microsoft.DurableTask.Client;

namespace Darkroom.Maintenance;

/// <summary>
/// Purges a job. The index entry goes last, so after a crash at any point a later run can continue. The mark in the ledger comes
/// first, because everything that starts, resubmits or reuses the job checks the ledger.
/// </summary>
public sealed class JobPurge(Ledger ledger, JobBlobs blobs, JobNeeds needs, ReuseIndex reuse, JobIndex index)
{
    /// <summary>Reads the state of the job that an index entry belongs to.</summary>
    public async Task<JobFound> LookAsync(DurableTaskClient client, JobIndexEntry entry, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(entry);
        var instance = await client.GetInstanceAsync(entry.JobId, getInputsAndOutputs: false, cancellation);
        DateTime? ended = instance is { IsCompleted: true } ? instance.LastUpdatedAt.UtcDateTime : null;
        return new JobFound(instance is not null, ended, await needs.IsNeededAsync(client, entry.JobId, cancellation));
    }

    /// <summary>Purges the job, unless it is still needed. The ledger stays and records that the job existed.</summary>
    public async Task<bool> TryPurgeAsync(DurableTaskClient client, JobIndexEntry entry, DateTime before, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(entry);
        var job = await JobReader.TryGetAsync(client, entry.JobId, cancellation);
        // If the times differ, the index entry is left from a start that lost a race: everything else belongs to the winner.
        if (job is null || job.CreatedAt == entry.CreatedAt)
        {
            if (!await TryMarkAsync(client, entry, job, before, cancellation))
                return false;
            if (job?.State.ReusedFrom is { } earlier)
                await reuse.UnpinAsync(earlier, entry.JobId, cancellation);
            if (job is not null)
                await blobs.DeleteCallsAsync(job.Ticket, before, cancellation);
            await blobs.DeleteAsync(client, entry, cancellation);
            for (var task = 0; job is { Ticket.Tasks: > 1 } && task < job.Ticket.Tasks; task++)
                await client.PurgeInstanceAsync(JobIds.OfTask(entry.JobId, task, job.Ticket.Tasks), cancellation);
            if (job is not null)
                await client.PurgeInstanceAsync(entry.JobId, cancellation);
        }

        await index.RemoveAsync(entry, cancellation);
        return true;
    }

    // The method marks the job in the ledger and then checks it again: it may have been resubmitted, reused or started meanwhile.
    private async Task<bool> TryMarkAsync(
        DurableTaskClient client, JobIndexEntry entry, JobRecord? job, DateTime before, CancellationToken cancellation)
    {
        var marks = new List<PurgedEntry>();
        for (var task = 0; task < (job?.Ticket.Tasks ?? 1); task++)
        {
            if (await ledger.TryPurgeAsync(entry.JobId, task, job?.Ticket.Attempt, cancellation) is not { } mark)
                break;
            marks.Add(mark);
        }

        var isMarked = marks.Count == (job?.Ticket.Tasks ?? 1);
        if (isMarked && RetentionRules.Decide(await LookAsync(client, entry, cancellation), before) == RetentionVerdict.Purge
                && await IsUnchangedAsync(client, entry, job, cancellation))
            return true;
        foreach (var mark in marks)
            await ledger.UndoPurgeAsync(mark, cancellation);
        return false;
    }

    private static async Task<bool> IsUnchangedAsync(
        DurableTaskClient client, JobIndexEntry entry, JobRecord? job, CancellationToken cancellation) =>
        (await JobReader.TryGetAsync(client, entry.JobId, cancellation))?.Ticket.Attempt == job?.Ticket.Attempt;
}
