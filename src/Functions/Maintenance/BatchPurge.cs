using Azure.Storage.Blobs.Models;
using Darkroom.Bulk;
using Darkroom.Storage;
using Microsoft.DurableTask.Client;

namespace Darkroom.Maintenance;

/// <summary>Takes away batches that were over long enough ago: their input, their results, their instance. A mark stays, so that their id answers "gone".</summary>
public sealed class BatchPurge(Containers containers, BatchStore batches, TimeProvider time)
{
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(3);
    private static readonly string Folder = BatchStore.NameOf("", "")[..^1];

    /// <summary>Purges at most so many; says how many there were.</summary>
    public async Task<int> RunAsync(DurableTaskClient client, DateTime before, int most, bool isDryRun, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(client);
        var began = time.GetTimestamp();
        var purged = 0;
        await foreach (var batch in containers.Jobs.GetBlobsByHierarchyAsync(BlobTraits.None, BlobStates.None, "/", Folder, cancellation))
        {
            if (purged >= most || time.GetElapsedTime(began) > LongestRun)
                break;
            if (!batch.IsPrefix)
                continue;
            var id = batch.Prefix[Folder.Length..].TrimEnd('/');
            var instance = await client.GetInstanceAsync(id, cancellation);
            // Without an instance it was purged by hand, or by a run that was cut short; what is young may be just about to begin.
            var isOver = instance is null ? await IsOldAsync(batch.Prefix, before, cancellation) : instance.IsCompleted && instance.LastUpdatedAt.UtcDateTime < before;
            if (!isOver)
                continue;

            purged++;
            if (!isDryRun)
                await PurgeAsync(client, id, batch.Prefix, cancellation);
        }

        return purged;
    }

    private async Task PurgeAsync(DurableTaskClient client, string id, string folder, CancellationToken cancellation)
    {
        await batches.RememberAsync(id, cancellation);
        await foreach (var blob in containers.Jobs.GetBlobsAsync(BlobTraits.None, BlobStates.None, folder, cancellation))
            await containers.Jobs.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellation);
        await client.PurgeInstanceAsync(id, cancellation);
    }

    private async Task<bool> IsOldAsync(string folder, DateTime before, CancellationToken cancellation)
    {
        await foreach (var blob in containers.Jobs.GetBlobsAsync(BlobTraits.None, BlobStates.None, folder, cancellation))
        {
            if (blob.Properties.LastModified?.UtcDateTime > before)
                return false;
        }

        return true;
    }
}
