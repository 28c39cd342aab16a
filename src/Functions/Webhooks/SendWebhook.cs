using Darkroom.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Darkroom.Webhooks;

/// <summary>
/// Sends a message once, and lists the attempt among the deliveries. It runs at least once: a receiver recognizes a repeat by webhook-id.
/// </summary>
public sealed class SendWebhook(
    DeliveryStore store, WebhookTargets targets, WebhookClient sender, TimeProvider time, ILogger<SendWebhook> log)
{
    [Function(nameof(SendWebhook))]
    public async Task<SendResult> RunAsync(
        [ActivityTrigger] SendOrder order, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (await store.PayloadAsync(order.Order, cancellation) is not { } payload
                || await targets.FindAsync(client, order.Order, cancellation) is not { } target)
            return new SendResult(new SendOutcome.Dropped());

        var at = time.GetUtcNow();
        var outcome = await sender.PostAsync(target, order.Order.MessageId, payload, cancellation);
        await ListAsync(order, at.UtcDateTime, outcome, cancellation);
        return new SendResult(outcome);
    }

    // The message is sent. A failure of storage must not make the activity run again and send it twice.
    private async Task ListAsync(SendOrder order, DateTime at, SendOutcome outcome, CancellationToken cancellation)
    {
        try
        {
            await store.ListAsync(order.Order, DeliveryItem.Of(order, at, outcome), cancellation);
        }
        catch (Exception exception) when (StorageTrouble.Is(exception))
        {
            log.NotListed(order.Order.Kind, order.Order.Id, StorageTrouble.Kind(exception));
        }
    }
}

/// <summary>The input of <see cref="SendWebhook"/>.</summary>
/// <param name="Order">The message.</param>
/// <param name="Try">The number of the attempt, from 1.</param>
public sealed record SendOrder(DeliveryOrder Order, int Try);
