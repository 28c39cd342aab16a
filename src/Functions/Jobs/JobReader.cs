using Darkroom.Jobs.Submit;
using Darkroom.Requests;
using Microsoft.DurableTask.Client;

namespace Darkroom.Jobs;

/// <summary>Finds jobs: by their instances, and those that were purged by the ledger.</summary>
public sealed class JobReader(Ledger ledger)
{
    /// <summary>The job of an id; null when it is not there, and then whether it was.</summary>
    public async Task<(JobRecord? Job, bool WasPurged)> FindAsync(DurableTaskClient client, string id, CancellationToken cancellation)
    {
        if (!JobIds.IsValid(id))
            return (null, false);
        if (await TryGetAsync(client, id, cancellation) is { } job)
            return (job, false);
        if (!await ledger.KnowsAsync(id, cancellation))
            return (null, false);
        // Started between the two looks, or purged: the instance says which.
        return await TryGetAsync(client, id, cancellation) is { } started ? (started, false) : (null, true);
    }

    /// <summary>The job of an id; null when there is no instance that is one.</summary>
    public static async Task<JobRecord?> TryGetAsync(DurableTaskClient client, string id, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(client);
        var instance = await client.GetInstanceAsync(id, getInputsAndOutputs: true, cancellation);
        // A task of a job is no job.
        return instance is not null && JobRecord.Of(instance) is { } job
            && job.Ticket.JobId == id ? await WithPartsAsync(client, job, cancellation) : null;
    }

    // While a job of several tasks runs, what its tasks have is in their own instances.
    private static async Task<JobRecord> WithPartsAsync(DurableTaskClient client, JobRecord job, CancellationToken cancellation)
    {
        if (job.Ticket.Tasks == 1 || job.State.Tasks.Count > 0)
            return job;

        var states = await Task.WhenAll(Enumerable.Range(0, job.Ticket.Tasks).Select(async task =>
        {
            if (job.Ticket.Kept.GetValueOrDefault(task) is { } kept)
                return kept;
            var part = await client.GetInstanceAsync(
                JobIds.OfTask(job.Ticket.JobId, task, job.Ticket.Tasks), getInputsAndOutputs: true, cancellation);
            return part is not null && JobRecord.Of(part) is { } record
                && record.Ticket.Attempt == job.Ticket.Attempt ? record.State : new JobState { Attempt = job.Ticket.Attempt };
        }));
        // Terminated from outside: what its tasks had done by then stands with them.
        var state = job.State is { Status: JobStatus.Canceled, Error: not null }
            ? job.State with { Error = JobErrors.Canceled(JobParts.SubmitOf(states)) }
            : job.State;
        return job with
        {
            State = state with
            {
                Tasks = states,
                Pictures = [.. states.SelectMany(part => part.Pictures).OrderBy(picture => picture.Index)],
            },
        };
    }
}
