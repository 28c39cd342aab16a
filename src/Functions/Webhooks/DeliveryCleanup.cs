using Microsoft.DurableTask.Client;

namespace Darkroom.Webhooks;

/// <summary>Removes what webhooks stored for a job or batch, when that is purged.</summary>
public sealed class DeliveryCleanup(DeliveryStore store)
{
    /// <summary>Whether a message is still being delivered. Until then the job or batch must stay.</summary>
    public async Task<bool> IsUnderWayAsync(DurableTaskClient client, string id, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(client);
        foreach (var attempt in await store.AttemptsAsync(id, cancellation))
        {
            if (await client.GetInstanceAsync(DeliveryOrder.InstanceOf(id, attempt), cancellation) is { IsCompleted: false })
                return true;
        }

        return false;
    }

    /// <summary>Removes messages, deliveries and orchestrations. The messages go last, because they name the orchestrations.</summary>
    public async Task RemoveAsync(DurableTaskClient client, string id, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(client);
        foreach (var attempt in await store.AttemptsAsync(id, cancellation))
            await client.PurgeInstanceAsync(DeliveryOrder.InstanceOf(id, attempt), cancellation);
        await store.DeleteAsync(id, cancellation);
    }
}
