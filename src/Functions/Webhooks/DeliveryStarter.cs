using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Darkroom.Webhooks;

/// <summary>
/// Starts deliveries. A message has one delivery at a time, because the id of the orchestration follows from the message.
/// </summary>
public sealed class DeliveryStarter(DeliveryStore store)
{
    private static readonly OrchestrationRuntimeStatus[] UnderWay = [
        OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Suspended];

    private static readonly OrchestrationRuntimeStatus[] Every = [
        .. UnderWay, OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    /// <summary>Starts the delivery of a message, unless it was started before: an end may be announced twice.</summary>
    public static Task StartAsync(DurableTaskClient client, DeliveryOrder order, CancellationToken cancellation) =>
        TryScheduleAsync(client, new DeliveryState(order), Every, cancellation);

    /// <summary>
    /// Delivers a message again, with the same id and the same content: at once, and then by the whole schedule. A delivery that is under
    /// way does that itself.
    /// </summary>
    public async Task RedeliverAsync(DurableTaskClient client, DeliveryOrder order, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(order);
        var listed = await store.DeliveriesAsync(order.Id, cancellation);
        var tries = listed.LastOrDefault(item => item.Id == order.MessageId)?.Attempt ?? 0;
        if (!await TryScheduleAsync(client, new DeliveryState(order) { Tries = tries }, UnderWay, cancellation))
            await client.RaiseEventAsync(order.InstanceId, Redelivery.EventName, new Redelivery(), cancellation);
    }

    private static async Task<bool> TryScheduleAsync(
        DurableTaskClient client, DeliveryState state, OrchestrationRuntimeStatus[] leftAlone, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(client);
        var tags = new Dictionary<string, string>(StringComparer.Ordinal) { ["darkroom.kind"] = "webhook" };
        try
        {
            var options = new StartOrchestrationOptions(state.Order.InstanceId) { Tags = tags }.WithDedupeStatuses(leftAlone);
            await client.ScheduleNewOrchestrationInstanceAsync(nameof(DeliverWebhook), state, options, cancellation);
            return true;
        }
        catch (OrchestrationAlreadyExistsException)
        {
            return false;
        }
    }
}
