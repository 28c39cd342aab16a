using Darkroom.Durable;
using Darkroom.Gate;
using Darkroom.Requests;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Darkroom.Jobs;

/// <summary>Starts each job only once: a later call with the same id finds the job of the first call.</summary>
public sealed class JobStarter(RequestStore requests, JobIndex index, ReusedPictures reused, GateStatusCache gateStatus, TimeProvider time)
{
    private static readonly OrchestrationRuntimeStatus[] Every =
    [
        OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Suspended,
        OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated,
    ];

    private static readonly OrchestrationRuntimeStatus[] UnderWay = [
        OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Suspended];

    /// <summary>
    /// Starts a job whose id other calls may start at the same moment. The engine's storage does not show which call was first, so a blob
    /// decides. A later call starts the job of the first call if the first call was interrupted before it did.
    /// </summary>
    /// <returns>
    /// The ticket of the job, and whether it is the ticket of this call. If the hashes differ, the ticket belongs to another request.
    /// </returns>
    public async Task<(JobTicket Ticket, bool IsOrigin)> StartOnceAsync(
        DurableTaskClient client, JobTicket ticket, JobRequest request, CancellationToken cancellation)
    {
        var (first, isMine) = await requests.DecideAsync(ticket, cancellation);
        if (!isMine
                && (
                    first.RequestHash != ticket.RequestHash
                        || await InstanceStartWait.IsStartedAsync(client, first.JobId, time, cancellation)))
            return (first, false);
        // If the first call was interrupted long ago, the job still gets its full time to wait.
        await TryStartAsync(client, first with { ExpiresAt = ticket.ExpiresAt }, request, cancellation);
        return (first, isMine);
    }

    /// <summary>Starts a new job; false if its id already exists.</summary>
    public async Task<bool> TryStartAsync(DurableTaskClient client, JobTicket ticket, JobRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        // The order matters: a crash in between leaves an entry without a job, which listings skip, but never a job without an entry.
        if (ticket.IsStored)
            await requests.StoreAsync(ticket.JobId, CanonicalRequest.Write(request), cancellation);
        // Pin the pictures of the earlier job before this job refers to them, so that they are not purged in the meantime.
        if (!await reused.TryKeepAsync(ticket, cancellation))
            ticket = ticket with { Reused = null };
        await index.AddAsync(ticket.JobId, ticket.CreatedAt, cancellation);
        await EnsureGateAsync(client, cancellation);
        return await TryScheduleAsync(client, ticket, Every, cancellation);
    }

    /// <summary>Starts another attempt of a job that has ended; false if the job already runs because another call was faster.</summary>
    public async Task<bool> TryStartAgainAsync(DurableTaskClient client, JobTicket ticket, CancellationToken cancellation)
    {
        await EnsureGateAsync(client, cancellation);
        return await TryScheduleAsync(client, ticket, UnderWay, cancellation);
    }

    private static async Task<bool> TryScheduleAsync(
        DurableTaskClient client, JobTicket ticket, OrchestrationRuntimeStatus[] leftAlone, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(client);
        var tags = new Dictionary<string, string>(StringComparer.Ordinal) { ["darkroom.kind"] = "job" };
        if (ticket.Batch is { } batch)
            tags["darkroom.batch"] = batch;
        try
        {
            var options = new StartOrchestrationOptions(ticket.JobId) { Tags = tags }.WithDedupeStatuses(leftAlone);
            await client.ScheduleNewOrchestrationInstanceAsync(
                ticket.Tasks == 1 ? nameof(GenerateImage) : nameof(GenerateImages), ticket, options, cancellation);
            return true;
        }
        catch (OrchestrationAlreadyExistsException)
        {
            return false;
        }
    }

    // The gate nearly always exists, and its status is cached, so this check costs little.
    private async Task EnsureGateAsync(DurableTaskClient client, CancellationToken cancellation)
    {
        if (await gateStatus.ReadAsync(client, cancellation) is null)
            await GateKeeper.BeginAsync(client, cancellation);
    }
}
