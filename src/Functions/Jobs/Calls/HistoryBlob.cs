using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Darkroom.Storage;

namespace Darkroom.Jobs.Calls;

/// <summary>The blob of a history. A change is written only if nobody else has changed the blob since it was read.</summary>
internal sealed class HistoryBlob(BlobClient blob)
{
    private const int MaxWrites = 50;

    public string Name => blob.Name;

    /// <summary>Changes the history. If another writer was faster, the change is made again to what that writer stored.</summary>
    public async Task ChangeAsync(StoredHistory stored, Func<CallHistory, CallHistory> change, CancellationToken cancellation)
    {
        for (var write = 1; !await TryWriteAsync(change(stored.History), stored.Unchanged, cancellation); write++)
        {
            if (write == MaxWrites)
                throw new RequestFailedException($"The blob {blob.Name} changes too often.");
            stored = await ReadAsync(cancellation);
        }
    }

    public async Task<StoredHistory> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            var stored = (await blob.DownloadContentAsync(cancellation)).Value;
            return new StoredHistory(
                stored.Content.ToObjectFromJson<CallHistory>(StoredJson.Options)!,
                new BlobRequestConditions { IfMatch = stored.Details.ETag });
        }
        catch (RequestFailedException missing) when (missing.IsNotFound)
        {
            return StoredHistory.None;
        }
    }

    private async Task<bool> TryWriteAsync(CallHistory history, BlobRequestConditions unchanged, CancellationToken cancellation)
    {
        try
        {
            await blob.UploadAsync(StoredJson.Content(history), new BlobUploadOptions { Conditions = unchanged }, cancellation);
            return true;
        }
        catch (RequestFailedException other) when (other.IsConflict)
        {
            return false;
        }
    }
}

/// <summary>A history, and the condition that it is still the stored one.</summary>
internal sealed record StoredHistory(CallHistory History, BlobRequestConditions Unchanged)
{
    public static StoredHistory None => new(CallHistory.Empty, new BlobRequestConditions { IfNoneMatch = ETag.All });
}
