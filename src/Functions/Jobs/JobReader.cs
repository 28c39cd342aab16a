using Darkroom.Jobs.Submit;
using Darkroom.Requests;
using Microsoft.DurableTask.Client;

namespace Darkroom.Jobs;

/// <summary>Finds jobs by their durable instances. For purged jobs, the ledger shows that the id existed.</summary>
public sealed class JobReader(Ledger ledger)
{
    /// <summary>Finds a job by its id. If there is none, <c>WasPurged</c> says whether there was one.</summary>
    public async Task<(JobRecord? Job, bool WasPurged)> FindAsync(DurableTaskClient client, string id, CancellationToken cancellation)
    {
        if (!JobIds.IsValid(id))
            return (null, false);
        if (await TryGetAsync(client, id, cancellation) is { } job)
            return (job, false);
        if (!await ledger.KnowsAsync(id, cancellation))
            return (null, false);
        // The job started between the two reads, or it was purged. A second read of the instance decides.
        return await TryGetAsync(client, id, cancellation) is { } started ? (started, false) : (null, true);
    }

    /// <summary>Finds a job by its id; null if no instance of this id is a job.</summary>
    public static async Task<JobRecord?> TryGetAsync(DurableTaskClient client, string id, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(client);
        var instance = await client.GetInstanceAsync(id, getInputsAndOutputs: true, cancellation);
        // The instance of a task is not a job.
        return instance is not null && JobRecord.Of(instance) is { } job
            && job.Ticket.JobId == id ? await WithPartsAsync(client, job, cancellation) : null;
    }

    // While a job of several tasks runs, the state of each task is only in the task's own instance.
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
        // The job was terminated from outside. Only the states of its tasks show whether anything was submitted.
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
