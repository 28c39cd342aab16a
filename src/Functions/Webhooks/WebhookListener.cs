using Darkroom.Durable;
using Microsoft.DurableTask.Client;

namespace Darkroom.Webhooks;

/// <summary>Starts the delivery of a message when a job or batch with a webhook has ended.</summary>
public sealed class WebhookListener : IFinishedListener
{
    /// <inheritdoc/>
    public Task HandleAsync(DurableTaskClient client, Finished finished, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(finished);
        return finished.HasWebhook
            ? DeliveryStarter.StartAsync(client, new DeliveryOrder(finished.Kind, finished.Id, finished.Attempt), cancellation)
            : Task.CompletedTask;
    }
}
