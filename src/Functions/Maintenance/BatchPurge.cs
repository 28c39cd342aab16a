using Azure.Storage.Blobs.Models;
using Darkroom.Batches;
using Darkroom.Storage;
using Microsoft.DurableTask.Client;

namespace Darkroom.Maintenance;

/// <summary>
/// Takes away batches that were over long enough ago: their input, their results, their instance. A mark stays, so that their id answers
/// "gone".
/// Those that tried a batch's failures again go together with it: what one made keeps the others from making it a second time.
/// </summary>
public sealed class BatchPurge(Containers containers, BatchStore batches, BatchFamily families, TimeProvider time)
{
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(3);
    private static readonly string Folder = BatchStore.NameOf("", "")[..^1];

    /// <summary>Purges at most so many, and the rest of their families; says how many there were.</summary>
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
            // The first one last: without it nobody tries any of them again.
            foreach (var member in isDryRun ? [] : family.Reverse())
                await PurgeAsync(client, member, cancellation);
        }

        return purged.Count;
    }

    // A family of which a run that was cut short has left some is not found as a whole any more, and was over as a whole.
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

    // Without an instance it was purged by hand, or by a run that was cut short; what is young may be just about to begin.
    private async Task<bool> IsOverAsync(DurableTaskClient client, string id, DateTime before, CancellationToken cancellation) =>
        await client.GetInstanceAsync(id, cancellation) is { } instance ? instance.IsCompleted
            && instance.LastUpdatedAt.UtcDateTime < before : await IsOldAsync(id, before, cancellation);

    private async Task PurgeAsync(DurableTaskClient client, string id, CancellationToken cancellation)
    {
        await batches.RememberAsync(id, cancellation);
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
