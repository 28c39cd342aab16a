using Darkroom.Durable;
using Darkroom.Gate;
using Darkroom.Requests;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Darkroom.Jobs;

/// <summary>Starts jobs, each once: whoever comes later with the same id finds the first.</summary>
public sealed class JobStarter(RequestStore requests, JobIndex cards, ReusedPictures reused, GateStatusCache gateStatus, TimeProvider time)
{
    private static readonly OrchestrationRuntimeStatus[] Every =
    [
        OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Suspended,
        OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated,
    ];

    private static readonly OrchestrationRuntimeStatus[] UnderWay = [
        OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Suspended];

    /// <summary>
    /// Starts a job whose id others may start at the same moment. Storage of the engine does not tell who was first, so a blob decides; who
    /// comes later starts the first one's job if that one did not get to it.
    /// </summary>
    /// <returns>The ticket that the job has; another request's when the hashes differ. And whether this call is its origin.</returns>
    public async Task<(JobTicket Ticket, bool IsOrigin)> StartOnceAsync(
        DurableTaskClient client, JobTicket ticket, JobRequest request, CancellationToken cancellation)
    {
        var (first, isMine) = await requests.DecideAsync(ticket, cancellation);
        if (!isMine
                && (
                    first.RequestHash != ticket.RequestHash
                        || await InstanceStartWait.IsStartedAsync(client, first.JobId, time, cancellation)))
            return (first, false);
        // A start that was cut off long ago must not have used up the time that a job may wait.
        await TryStartAsync(client, first with { ExpiresAt = ticket.ExpiresAt }, request, cancellation);
        return (first, isMine);
    }

    /// <summary>Starts a new job; false when there is one of its id already.</summary>
    public async Task<bool> TryStartAsync(DurableTaskClient client, JobTicket ticket, JobRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        // First what the job needs, then the job: a crash in between leaves a card without a job, which is skipped, and no job without a
        // card.
        if (ticket.IsStored)
            await requests.StoreAsync(ticket.JobId, CanonicalRequest.Write(request), cancellation);
        // Before the job refers to the pictures of another one: they must not be purged meanwhile.
        if (ticket.Reused is { } earlier && !await reused.TryKeepAsync(earlier, ticket.JobId, cancellation))
            ticket = ticket with { Reused = null };
        await cards.AddAsync(ticket.JobId, ticket.CreatedAt, cancellation);
        await EnsureGateAsync(client, cancellation);
        return await TryScheduleAsync(client, ticket, Every, cancellation);
    }

    /// <summary>Starts another attempt of a job that is over; false when it is under way, somebody else having been faster.</summary>
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

    // It is there nearly always, and everybody looks at it anyway.
    private async Task EnsureGateAsync(DurableTaskClient client, CancellationToken cancellation)
    {
        if (await gateStatus.ReadAsync(client, cancellation) is null)
            await GateKeeper.BeginAsync(client, cancellation);
    }
}
