using Darkroom.Batches;
using Darkroom.Jobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Darkroom.Webhooks;

/// <summary>
/// Writes a message once, when the job or batch has ended. Every attempt sends the same bytes, whatever becomes of the job afterwards.
/// </summary>
public sealed class PrepareWebhook(DeliveryStore store, IWebhookViews views)
{
    [Function(nameof(PrepareWebhook))]
    public async Task<PrepareResult> RunAsync(
        [ActivityTrigger] DeliveryOrder order, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (await store.PayloadAsync(order, cancellation) is not null)
            return new PrepareResult(new PrepareOutcome.Ready());
        return new PrepareResult(
            order.Kind == DeliveryOrder.Batch
                ? await OfBatchAsync(client, order, cancellation)
                : await OfJobAsync(client, order, cancellation));
    }

    private async Task<PrepareOutcome> OfJobAsync(DurableTaskClient client, DeliveryOrder order, CancellationToken cancellation)
    {
        if (await JobReader.TryGetAsync(client, order.Id, cancellation) is not { } job || job.Ticket.Attempt != order.Attempt)
            return new PrepareOutcome.Nothing();
        var state = job.State;
        // The status of a job that is about to complete has no room for many pictures; its output has them.
        var isWhole = state.Pictures.Count > 0 || state.Status is not (JobStatus.Succeeded or JobStatus.PartiallySucceeded);
        if (!state.Status.IsTerminal() || !isWhole)
            return new PrepareOutcome.NotReady();
        var payload = WebhookPayload.OfJob(state.Status, state.EndedAt ?? job.UpdatedAt, views.OfJob(job));
        await store.WriteAsync(order, payload, cancellation);
        return new PrepareOutcome.Ready();
    }

    private async Task<PrepareOutcome> OfBatchAsync(DurableTaskClient client, DeliveryOrder order, CancellationToken cancellation)
    {
        if (await BatchReader.TryGetAsync(client, order.Id, cancellation) is not { } batch)
            return new PrepareOutcome.Nothing();
        if (!batch.Shown.IsFinished)
            return new PrepareOutcome.NotReady();
        await store.WriteAsync(order, WebhookPayload.OfBatch(batch.UpdatedAt, views.OfBatch(batch)), cancellation);
        return new PrepareOutcome.Ready();
    }
}
