using Darkroom.Jobs;
using Darkroom.Webhooks;
using Microsoft.DurableTask.Client;

namespace Darkroom.Maintenance;

/// <summary>Checks whether a job that has ended is still needed: by another job that uses its pictures, or by a webhook.</summary>
public sealed class JobNeeds(ReuseIndex reuse, DeliveryCleanup deliveries, TimeProvider time)
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromHours(1);

    public async Task<bool> IsNeededAsync(DurableTaskClient client, string jobId, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(client);
        foreach (var pin in await reuse.PinnedByAsync(jobId, cancellation))
        {
            // A recent pin may belong to a job that is just being started.
            if (pin.At > time.GetUtcNow() - LongestStart || await client.GetInstanceAsync(pin.JobId, cancellation) is not null)
                return true;
        }

        return await deliveries.IsUnderWayAsync(client, jobId, cancellation);
    }
}
