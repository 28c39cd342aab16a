using Darkroom.Batches.Input;
using Darkroom.Durable;
using Darkroom.Gate;
using Darkroom.Jobs.Poll;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Darkroom.Batches;

/// <summary>Turns a body into a batch, once: whoever comes later with the same id finds the first.</summary>
public sealed class BatchStarter(BatchStore batches, BatchIntake intake, TaskDurationStore experience, TimeProvider time)
{
    private static readonly OrchestrationRuntimeStatus[] Every =
    [
        OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Suspended,
        OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated,
    ];

    /// <summary>Takes a body in and starts its batch, unless something is wrong with it; then nothing of it is left.</summary>
    /// <exception cref="UnreadableBodyException">The body can't be read as a whole.</exception>
    public async Task<BatchStart> StartAsync(
        DurableTaskClient client, BatchTicket wanted, Stream body, BatchSource source, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(source);
        if (await BatchReader.TryGetAsync(client, wanted.BatchId, cancellation) is { } there)
            return new BatchStart(
                BatchStartOutcome.IsThere) { There = there, InputHash = await intake.KeepAsync(body, name: null, source, cancellation) };

        // Looked for once more: it may have begun between the two looks.
        if (await batches.WasThereAsync(wanted.BatchId, cancellation)
                && await BatchReader.TryGetAsync(client, wanted.BatchId, cancellation) is null)
            return new BatchStart(BatchStartOutcome.IsGone);

        var folder = BatchStore.NewFolder(wanted.BatchId);
        var (input, items) = ($"{folder}/input", $"{folder}/items.jsonl");
        var isUsed = false;
        try
        {
            var hash = await intake.KeepAsync(body, input, source, cancellation);
            var reading = await intake.ReadAsync(input, items, source, cancellation);
            if (reading.Total == 0 || (reading.Invalid > 0 && !source.Skips))
                return new BatchStart(BatchStartOutcome.Refused) { Reading = reading };

            var estimate = await BatchEstimate.OfAsync(reading, experience, cancellation);
            var ticket = wanted with
            {
                Items = items,
                Input = input,
                InputHash = hash,
                Total = reading.Total,
                Skipped = reading.Invalid,
                ExpectedSeconds = estimate.UpstreamSeconds,
            };
            // From here on it may have begun, whatever is heard of it.
            isUsed = true;
            var (first, isOrigin) = await StartOnceAsync(client, ticket, cancellation);
            if (isOrigin)
                return new BatchStart(BatchStartOutcome.Started) { Ticket = ticket };
            isUsed = first.Items == items;
            return new BatchStart(
                BatchStartOutcome.IsThere) { There = await BatchReader.TryGetAsync(
                    client, wanted.BatchId, cancellation), InputHash = hash };
        }
        finally
        {
            if (!isUsed)
                await batches.RemoveAsync([items, input]);
        }
    }

    /// <summary>Reads a body as if it were to become a batch; nothing is left of it.</summary>
    /// <exception cref="UnreadableBodyException">The body can't be read as a whole.</exception>
    public async Task<(BatchReading Reading, BatchEstimate Estimate)> ValidateAsync(
        string id, Stream body, BatchSource source, CancellationToken cancellation)
    {
        var input = BatchStore.NameOf(id, "input");
        try
        {
            await intake.KeepAsync(body, input, source, cancellation);
            var reading = await intake.ReadAsync(input, items: null, source, cancellation);
            return (reading, await BatchEstimate.OfAsync(reading, experience, cancellation));
        }
        finally
        {
            await batches.RemoveAsync([input]);
        }
    }

    /// <summary>The ticket of a new batch, before anything was read.</summary>
    public BatchTicket TicketFor(string id, string? caller) =>
        new() { BatchId = id, Items = "", Total = 0, CreatedAt = time.GetUtcNow().UtcDateTime, Caller = caller };

    /// <summary>
    /// Starts a batch whose items are written and whose id others may start at the same moment. Storage of the engine does not tell who was
    /// first, so a blob decides; who comes later starts the first one's batch if that one did not get to it.
    /// </summary>
    /// <returns>The ticket that the batch has, and whether this call is its origin.</returns>
    public async Task<(BatchTicket Ticket, bool IsOrigin)> StartOnceAsync(
        DurableTaskClient client, BatchTicket ticket, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(client);
        var (first, isMine) = await batches.DecideAsync(ticket, cancellation);
        if (!isMine && await InstanceStartWait.IsStartedAsync(client, first.BatchId, time, cancellation))
            return (first, false);
        await GateKeeper.BeginAsync(client, cancellation);
        var tags = new Dictionary<string, string>(StringComparer.Ordinal) { ["darkroom.kind"] = "batch" };
        var options = new StartOrchestrationOptions(first.BatchId) { Tags = tags }.WithDedupeStatuses(Every);
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                nameof(GenerateBatch), new BatchState { Ticket = first }, options, cancellation);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            // Started in the meantime, from the same ticket.
        }

        return (first, isMine);
    }
}

/// <summary>What came of starting a batch.</summary>
public sealed record BatchStart(BatchStartOutcome Outcome)
{
    /// <summary>The batch that was started.</summary>
    public BatchTicket? Ticket { get; init; }

    /// <summary>What is wrong with the body.</summary>
    public BatchReading? Reading { get; init; }

    /// <summary>The batch that was there before.</summary>
    public BatchRecord? There { get; init; }

    /// <summary>Tells whether that one has the same body.</summary>
    public string? InputHash { get; init; }
}

/// <summary>What came of starting a batch.</summary>
public enum BatchStartOutcome
{
    /// <summary>It runs.</summary>
    Started,

    /// <summary>There is one of this id already.</summary>
    IsThere,

    /// <summary>Lines are not valid, or there are none.</summary>
    Refused,

    /// <summary>There was one of this id, and it was purged.</summary>
    IsGone,
}
