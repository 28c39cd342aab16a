using Darkroom.Gate;
using Darkroom.Requests;
using Darkroom.Telemetry;
using Microsoft.DurableTask.Client;

namespace Darkroom.Jobs;

/// <summary>
/// Starts jobs for HTTP requests, queue messages and items of batches. It finds a job that already exists, reuses the pictures of an
/// identical job, applies the limit of waiting jobs, and starts each job only once.
/// </summary>
public sealed class JobService(JobReader reader, JobStarter starter, ReuseIndex reuse, QueueLimit limit)
{
    /// <summary>Starts a job, or returns why it was not started.</summary>
    public async Task<JobStart> StartAsync(DurableTaskClient client, NewJob job, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(job);
        using var span = Trace.Accept(job.Ticket.JobId, isItem: job.Ticket.Batch is not null);
        if (job.IdFrom != IdSource.New && await FindAsync(client, job, cancellation) is not JobStart.NotFound and var found)
            return found;
        if (await FindIdenticalAsync(client, job, cancellation) is { } identical)
            return await StartAsync(client, job with { Ticket = job.Ticket with { Reused = identical } }, isCounted: false, cancellation);
        if (job.IsLimited && !await limit.TryEnterAsync(client, job.Request.Count, cancellation))
            return new JobStart.QueueFull();
        return await StartAsync(client, job, isCounted: job.IsLimited, cancellation);
    }

    private async Task<JobStart> FindAsync(DurableTaskClient client, NewJob job, CancellationToken cancellation)
    {
        var (there, wasPurged) = await reader.FindAsync(client, job.Ticket.JobId, cancellation);
        if (there is not null)
            return there.Ticket.RequestHash == job.Ticket.RequestHash ? new JobStart.Existing(there) : new JobStart.OtherRequest();
        if (wasPurged)
            return new JobStart.Purged();
        var isOther = job.IdFrom == IdSource.Caller && await IsOtherAsync(client, job.Ticket.JobId, cancellation);
        return isOther ? new JobStart.OtherRequest() : new JobStart.NotFound();
    }

    // Whether the id belongs to a batch or to the gate. The second read excludes a job that started between the two reads.
    private static async Task<bool> IsOtherAsync(DurableTaskClient client, string id, CancellationToken cancellation) =>
        await client.GetInstanceAsync(id, cancellation) is not null && await JobReader.TryGetAsync(client, id, cancellation) is null;

    // The pictures of an earlier, identical job; null if there is none or if they were purged.
    private async Task<JobState?> FindIdenticalAsync(DurableTaskClient client, NewJob job, CancellationToken cancellation)
    {
        if (!job.Request.CanReuse || await reuse.FindAsync(job.Request.Image, job.Ticket.Caller, cancellation) is not { } earlier)
            return null;
        var found = await JobReader.TryGetAsync(client, earlier, cancellation);
        return found is { State: { Status: JobStatus.Succeeded, Pictures.Count: > 0 } state }
            ? new JobState { Pictures = state.Pictures, Seed = state.Seed, ReusedFrom = state.ReusedFrom ?? earlier }
            : null;
    }

    private async Task<JobStart> StartAsync(DurableTaskClient client, NewJob job, bool isCounted, CancellationToken cancellation)
    {
        var isOrigin = false;
        try
        {
            JobTicket first;
            (first, isOrigin) = job.IdFrom != IdSource.New
                ? await starter.StartOnceAsync(client, job.Ticket, job.Request, cancellation)
                : (job.Ticket, await starter.TryStartAsync(client, job.Ticket, job.Request, cancellation));
            if (isOrigin)
                return new JobStart.Started(job.Ticket);
            if (first.RequestHash != job.Ticket.RequestHash)
                return new JobStart.OtherRequest();
        }
        finally
        {
            if (isCounted && !isOrigin)
                limit.Leave(job.Request.Count);
        }

        // Another call started the job at the same moment.
        return await FindAsync(client, job, cancellation);
    }
}

/// <summary>A job that is to be started.</summary>
/// <param name="Ticket">The input of its orchestration.</param>
/// <param name="Request">The request.</param>
public sealed record NewJob(JobTicket Ticket, JobRequest Request)
{
    /// <summary>Where its id comes from.</summary>
    public IdSource IdFrom { get; init; }

    /// <summary>Whether it is refused when <c>Darkroom__MaxQueued</c> tasks wait.</summary>
    public bool IsLimited { get; init; }
}

/// <summary>Where the id of a job comes from; it says whether the job may have been started before.</summary>
public enum IdSource
{
    /// <summary>The id was generated for this job, so no other job has it.</summary>
    New,

    /// <summary>From an idempotency key: the same request may have been sent before, or is being sent now.</summary>
    Key,

    /// <summary>The caller chose it freely: it may also be the id of a batch.</summary>
    Caller,
}

/// <summary>The result of starting a job.</summary>
public abstract record JobStart
{
    private JobStart()
    {
    }

    /// <summary>This call started it.</summary>
    public sealed record Started(JobTicket Ticket) : JobStart;

    /// <summary>It was started before, by the same request.</summary>
    public sealed record Existing(JobRecord Job) : JobStart;

    /// <summary>It was started before, has ended, and was purged.</summary>
    public sealed record Purged : JobStart;

    /// <summary>Its id belongs to another request, to a batch, or to the app itself.</summary>
    public sealed record OtherRequest : JobStart;

    /// <summary>Too many tasks are waiting already.</summary>
    public sealed record QueueFull : JobStart;

    /// <summary>Another call started it, and it is already gone.</summary>
    public sealed record NotFound : JobStart;
}
