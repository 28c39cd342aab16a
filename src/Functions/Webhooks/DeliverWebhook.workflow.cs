using Darkroom.Durable;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Darkroom.Webhooks;

/// <summary>
/// The orchestration that delivers one message. It is independent of the job that ended, so a slow or broken receiver has no effect on
/// jobs. <see cref="DeliveryState"/> decides; this workflow carries out the decisions.
/// </summary>
public static class DeliverWebhook
{
    // Only redeliveries can make a delivery this long.
    private const int MaxRounds = 100;

    /// <summary>Sends the message until the receiver accepts it or all attempts are used up.</summary>
    [Function(nameof(DeliverWebhook))]
    public static async Task<DeliveryState?> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var state = context.GetInput<DeliveryState>()!;
        // A restart under another id would send the message twice.
        if (context.InstanceId != state.Order.InstanceId)
            return null;

        using var loop = new EternalLoop<Redelivery>(context, Redelivery.EventName, MaxRounds, MaxRounds);
        while (!loop.TryContinueAsNew(state))
        {
            if (loop.HasMessage)
            {
                await loop.TakeAsync();
                state = state.On(new DeliveryEvent.Redelivered(), context.CurrentUtcDateTime);
                continue;
            }

            var step = state.Next(context.CurrentUtcDateTime);
            if (step is DeliveryStep.End)
                return End(context, state);
            if (step is DeliveryStep.Wait wait)
                await loop.SleepAsync(wait.Until);
            else
                state = state.On(await DoAsync(context, state.Order, step), context.CurrentUtcDateTime);
        }

        return null;
    }

    private static async Task<DeliveryEvent> DoAsync(TaskOrchestrationContext context, DeliveryOrder order, DeliveryStep step)
    {
        try
        {
            if (step is not DeliveryStep.Send send)
            {
                var prepared = await context.CallActivityAsync<PrepareResult>(nameof(PrepareWebhook), order, ActivityRetry.Options);
                return new DeliveryEvent.Prepared(prepared.Outcome);
            }

            var sent = await context.CallActivityAsync<SendResult>(
                nameof(SendWebhook), new SendOrder(order, send.Try), ActivityRetry.Options);
            return new DeliveryEvent.Sent(sent.Outcome);
        }
        catch (TaskFailedException)
        {
            return new DeliveryEvent.Failed();
        }
    }

    private static DeliveryState End(TaskOrchestrationContext context, DeliveryState state)
    {
        if (state.Phase is not DeliveryPhase.Delivered)
            context.CreateReplaySafeLogger(nameof(DeliverWebhook)).NotDelivered(
                state.Order.Kind, state.Order.Id, state.Order.Attempt, state.Phase, state.Tries);
        return state;
    }
}
