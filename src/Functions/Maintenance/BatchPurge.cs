using Azure.Storage.Blobs.Models;
using Darkroom.Batches;
using Darkroom.Storage;
using Darkroom.Webhooks;
using Microsoft.DurableTask.Client;

namespace Darkroom.Maintenance;

/// <summary>
/// Purges batches whose retention time is over: input, results and instance. A marker stays, so the id still returns 410. A batch and its
/// retries are purged together, because the results of one show which items the others must not make again.
/// </summary>
public sealed class BatchPurge(
    Containers containers, BatchStore batches, BatchFamily families, DeliveryCleanup deliveries, TimeProvider time)
{
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(3);
    private static readonly string Folder = BatchStore.NameOf("", "")[..^1];

    /// <summary>Purges about <paramref name="most"/> batches, and only whole families. Returns how many were purged.</summary>
    public async Task<int> RunAsync(DurableTaskClient client, DateTime before, int most, bool isDryRun, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(client);
        var began = time.GetTimestamp();
        var purged = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var batch in containers.Jobs.GetBlobsByHierarchyAsync(BlobTraits.None, BlobStates.None, "/", Folder, cancellation))
        {
            if (purged.Count >= most || time.GetElapsedTime(began) > LongestRun)
                break;
            if (!batch.IsPrefix)
                continue;
            var id = batch.Prefix[Folder.Length..].TrimEnd('/');
            if (purged.Contains(id) || !await IsOverAsync(client, id, before, cancellation))
                continue;
            var family = await FamilyAsync(id, cancellation);
            if (!await AreOverAsync(client, family.Where(one => one != id), before, cancellation))
                continue;

            purged.UnionWith(family);
            // The first batch of the family goes last. Without it, none of the others can be retried.
            foreach (var member in isDryRun ? [] : family.Reverse())
                await PurgeAsync(client, member, cancellation);
        }

        return purged.Count;
    }

    // An interrupted run may have purged a part of a family, and then the family cannot be found. Such a run checks first that the whole
    // family has ended, so the rest can be purged one by one.
    private async Task<IReadOnlyList<string>> FamilyAsync(string id, CancellationToken cancellation) =>
        await batches.TicketAsync(id, cancellation) is { } ticket
            && await families.FindAsync(ticket, cancellation) is { } family ? [.. family.Select(member => member.BatchId)] : [id];

    private async Task<bool> AreOverAsync(
        DurableTaskClient client, IEnumerable<string> ids, DateTime before, CancellationToken cancellation)
    {
        foreach (var id in ids)
        {
            if (!await IsOverAsync(client, id, before, cancellation))
                return false;
        }

        return true;
    }

    // A batch without an instance was purged by hand or by an interrupted run. If its blobs are recent, it may be about to start.
    private async Task<bool> IsOverAsync(DurableTaskClient client, string id, DateTime before, CancellationToken cancellation) =>
        await client.GetInstanceAsync(id, cancellation) is { } instance ? instance.IsCompleted
            && instance.LastUpdatedAt.UtcDateTime < before && !await deliveries.IsUnderWayAsync(client, id, cancellation)
            : await IsOldAsync(id, before, cancellation);

    private async Task PurgeAsync(DurableTaskClient client, string id, CancellationToken cancellation)
    {
        await batches.RememberAsync(id, cancellation);
        await deliveries.RemoveAsync(client, id, cancellation);
        await foreach (var blob in containers.Jobs.GetBlobsAsync(BlobTraits.None, BlobStates.None, BatchStore.NameOf(id, ""), cancellation))
            await containers.Jobs.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellation);
        await client.PurgeInstanceAsync(id, cancellation);
    }

    private async Task<bool> IsOldAsync(string id, DateTime before, CancellationToken cancellation)
    {
        await foreach (var blob in containers.Jobs.GetBlobsAsync(BlobTraits.None, BlobStates.None, BatchStore.NameOf(id, ""), cancellation))
        {
            if (blob.Properties.LastModified?.UtcDateTime > before)
                return false;
        }

        return true;
    }
}
