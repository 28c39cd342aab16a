using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Darkroom.Storage;

namespace Darkroom.Jobs.Submit;

/// <summary>The blobs of the ledger. Every write is conditional, so that only one of several runs can claim a task.</summary>
public sealed class Ledger(Containers containers)
{
    /// <summary>Writes the first entry of a task; null if there is already one.</summary>
    public async Task<ETag?> TryBeginAsync(string jobId, int task, LedgerEntry entry, CancellationToken cancellation) =>
        await WriteAsync(jobId, task, entry, new BlobRequestConditions { IfNoneMatch = ETag.All }, cancellation);

    /// <summary>Replaces the entry that was read; null if it has changed since then.</summary>
    public async Task<ETag?> TryReplaceAsync(string jobId, int task, LedgerEntry entry, ETag seen, CancellationToken cancellation) =>
        await WriteAsync(jobId, task, entry, new BlobRequestConditions { IfMatch = seen }, cancellation);

    /// <summary>Reads the entry of a task; null if there is none.</summary>
    public async Task<(LedgerEntry Entry, ETag Seen)?> ReadAsync(string jobId, int task, CancellationToken cancellation)
    {
        try
        {
            var blob = (await BlobOf(jobId, task).DownloadContentAsync(cancellation)).Value;
            var entry = blob.Content.ToObjectFromJson<LedgerEntry>(StoredJson.Options);
            return (entry!, blob.Details.ETag);
        }
        catch (RequestFailedException missing) when (missing.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>
    /// Marks the entry of a task as purged: the id of the job stays known, and nothing can be submitted for it any more. Returns null if a
    /// later attempt than <paramref name="attempt"/> (null: any attempt) has begun or begins at this moment; otherwise what
    /// <see cref="UndoPurgeAsync"/> needs.
    /// </summary>
    public async Task<PurgedEntry?> TryPurgeAsync(string jobId, int task, int? attempt, CancellationToken cancellation)
    {
        var before = await ReadAsync(jobId, task, cancellation);
        if (before is not var (known, seen))
        {
            var first = new LedgerEntry { Attempt = attempt ?? 1, At = DateTimeOffset.UnixEpoch, State = LedgerState.Purged };
            return await TryBeginAsync(jobId, task, first, cancellation) is { } created
                ? new PurgedEntry(jobId, task, Before: null, created)
                : null;
        }

        if (known.Attempt > attempt && known.State != LedgerState.Purged)
            return null;
        return await TryReplaceAsync(jobId, task, known with { State = LedgerState.Purged }, seen, cancellation) is { } written
            ? new PurgedEntry(jobId, task, known, written)
            : null;
    }

    /// <summary>Restores the entry from before the mark, because the job was not purged after all.</summary>
    public async Task UndoPurgeAsync(PurgedEntry purged, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(purged);
        if (purged.Before is { } before)
            await TryReplaceAsync(purged.JobId, purged.Task, before, purged.Seen, cancellation);
        else
            await BlobOf(purged.JobId, purged.Task).DeleteIfExistsAsync(
                DeleteSnapshotsOption.None, new BlobRequestConditions { IfMatch = purged.Seen }, cancellation);
    }

    /// <summary>Whether a job with this id ever existed: any of its tasks has an entry.</summary>
    public async Task<bool> KnowsAsync(string jobId, CancellationToken cancellation)
    {
        await foreach (var _ in containers.Ledger.GetBlobsAsync(BlobTraits.None, BlobStates.None, $"{jobId}/", cancellation))
            return true;
        return false;
    }

    private async Task<ETag?> WriteAsync(
        string jobId, int task, LedgerEntry entry, BlobRequestConditions conditions, CancellationToken cancellation)
    {
        try
        {
            var options = new BlobUploadOptions
            {
                Conditions = conditions,
                HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" },
            };
            var written = await BlobOf(jobId, task).UploadAsync(StoredJson.Content(entry), options, cancellation);
            return written.Value.ETag;
        }
        catch (RequestFailedException refused) when (refused.IsConflict)
        {
            return null;
        }
    }

    private BlobClient BlobOf(string jobId, int task) => containers.Ledger.GetBlobClient($"{jobId}/{task}.json");
}

/// <summary>An entry that was marked as purged, and the entry from before the mark.</summary>
public sealed record PurgedEntry(string JobId, int Task, LedgerEntry? Before, ETag Seen);
