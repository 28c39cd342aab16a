using Darkroom.Batches.Input;
using Darkroom.Durable;
using Darkroom.Gate;
using Darkroom.Jobs.Poll;
using Darkroom.Settings;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Darkroom.Batches;

/// <summary>Turns a body into a batch only once: a later call with the same id finds the batch of the first call.</summary>
public sealed class BatchStarter(
    BatchStore batches, BatchIntake intake, TaskDurationStore durations, DarkroomSettings settings, TimeProvider time)
{
    private static readonly OrchestrationRuntimeStatus[] Every =
    [
        OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Suspended,
        OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated,
    ];

    /// <summary>Takes in a body and starts its batch. If the body is refused, nothing of it is kept.</summary>
    /// <exception cref="UnreadableBodyException">The body cannot be read.</exception>
    public async Task<BatchStart> StartAsync(
        DurableTaskClient client, BatchTicket wanted, Stream body, BatchSource source, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(source);
        if (await BatchReader.TryGetAsync(client, wanted.BatchId, cancellation) is { } there)
            return Found(there, await intake.KeepAsync(body, name: null, source, cancellation));

        // Read the instance once more: the batch may have started between the two reads.
        if (await batches.ExistedAsync(wanted.BatchId, cancellation)
                && await BatchReader.TryGetAsync(client, wanted.BatchId, cancellation) is null)
            return new BatchStart.Purged();

        var folder = BatchStore.NewFolder(wanted.BatchId);
        var (input, items, webhook) = ($"{folder}/input", $"{folder}/items.jsonl", $"{folder}/webhook.json");
        var isUsed = false;
        try
        {
            var hash = await intake.KeepAsync(body, input, source, cancellation);
            var reading = await intake.ReadAsync(input, items, source, cancellation);
            if (reading.Total == 0 || (reading.Invalid > 0 && !source.Skips))
                return new BatchStart.Refused(reading);

            var estimate = await BatchEstimate.OfAsync(reading, durations, cancellation);
            if (reading.Webhook is { } own)
                await batches.StoreWebhookAsync(webhook, own, cancellation);
            var ticket = wanted with
            {
                HasWebhook = wanted.HasWebhook || reading.Webhook is not null,
                Webhook = reading.Webhook is null ? null : webhook,
                Items = items,
                Input = input,
                InputHash = hash,
                Total = reading.Total,
                Skipped = reading.Invalid,
                ExpectedSeconds = estimate.UpstreamSeconds,
            };
            // From here on the batch may have started, even if the call fails.
            isUsed = true;
            var (first, isOrigin) = await StartOnceAsync(client, ticket, cancellation);
            if (isOrigin)
                return new BatchStart.Started(ticket);
            isUsed = first.Items == items;
            return Found(await BatchReader.TryGetAsync(client, wanted.BatchId, cancellation), hash);
        }
        finally
        {
            if (!isUsed)
                await batches.RemoveAsync([items, input, webhook]);
        }
    }

    private static BatchStart Found(BatchRecord? there, string hash) =>
        there is not null && there.Ticket.InputHash == hash ? new BatchStart.Existing(there) : new BatchStart.OtherBody();

    /// <summary>Reads a body as for a batch, and keeps nothing of it.</summary>
    /// <exception cref="UnreadableBodyException">The body cannot be read.</exception>
    public async Task<(BatchReading Reading, BatchEstimate Estimate)> ValidateAsync(
        string id, Stream body, BatchSource source, CancellationToken cancellation)
    {
        var input = BatchStore.NameOf(id, "input");
        try
        {
            await intake.KeepAsync(body, input, source, cancellation);
            var reading = await intake.ReadAsync(input, items: null, source, cancellation);
            return (reading, await BatchEstimate.OfAsync(reading, durations, cancellation));
        }
        finally
        {
            await batches.RemoveAsync([input]);
        }
    }

    /// <summary>The ticket of a new batch, before its body was read.</summary>
    public BatchTicket TicketFor(string id, string? caller) => new()
    {
        BatchId = id,
        Items = "",
        Total = 0,
        CreatedAt = time.GetUtcNow().UtcDateTime,
        Caller = caller,
        HasWebhook = settings.WebhookUrl is not null,
    };

    /// <summary>
    /// Starts a batch whose items are written and whose id other calls may start at the same moment. The engine's storage does not show
    /// which call was first, so a blob decides. A later call starts the batch of the first call if the first call was interrupted before it
    /// did.
    /// </summary>
    /// <returns>The ticket of the batch, and whether it is the ticket of this call.</returns>
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
            // Another call started it in the meantime, from the same ticket.
        }

        return (first, isMine);
    }
}

/// <summary>The result of starting a batch.</summary>
public abstract record BatchStart
{
    private BatchStart()
    {
    }

    /// <summary>This call started the batch.</summary>
    public sealed record Started(BatchTicket Ticket) : BatchStart;

    /// <summary>A batch with this id exists, and was made from the same body.</summary>
    public sealed record Existing(BatchRecord Batch) : BatchStart;

    /// <summary>The id belongs to a batch that was made from another body.</summary>
    public sealed record OtherBody : BatchStart;

    /// <summary>Lines of the body are invalid, or it has none.</summary>
    public sealed record Refused(BatchReading Reading) : BatchStart;

    /// <summary>A batch with this id was purged.</summary>
    public sealed record Purged : BatchStart;
}
