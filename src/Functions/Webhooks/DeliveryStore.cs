using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Darkroom.Storage;

namespace Darkroom.Webhooks;

/// <summary>What webhooks store, in a folder for each job or batch: the messages, and the list of deliveries.</summary>
public sealed class DeliveryStore(Containers containers)
{
    /// <summary>The maximum number of listed deliveries of a job; the oldest are dropped.</summary>
    public const int MaxItems = 50;

    private const string List = "deliveries.json";
    private const int MaxConflicts = 10;

    /// <summary>Reads a message; null if it is not written.</summary>
    public async Task<BinaryData?> PayloadAsync(DeliveryOrder order, CancellationToken cancellation)
    {
        try
        {
            return (await Payload(order).DownloadContentAsync(cancellation)).Value.Content;
        }
        catch (RequestFailedException missing) when (missing.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>Writes a message, unless it is written already: every attempt must send the same bytes.</summary>
    public async Task WriteAsync(DeliveryOrder order, byte[] payload, CancellationToken cancellation)
    {
        try
        {
            var options = Json(new BlobRequestConditions { IfNoneMatch = ETag.All });
            await Payload(order).UploadAsync(new BinaryData(payload), options, cancellation);
        }
        catch (RequestFailedException there) when (there.IsConflict)
        {
            // Another run of the activity wrote it.
        }
    }

    /// <summary>The latest deliveries of a job or batch, the oldest first.</summary>
    public async Task<IReadOnlyList<DeliveryItem>> DeliveriesAsync(string id, CancellationToken cancellation) =>
        (await ReadAsync(id, cancellation)).Items;

    /// <summary>Adds a delivery to the list.</summary>
    public async Task ListAsync(DeliveryOrder order, DeliveryItem item, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(order);
        for (var conflicts = 0; ; conflicts++)
        {
            var (items, seen) = await ReadAsync(order.Id, cancellation);
            DeliveryItem[] kept = [.. items.TakeLast(MaxItems - 1), item];
            var condition = seen is { } tag
                ? new BlobRequestConditions { IfMatch = tag }
                : new BlobRequestConditions { IfNoneMatch = ETag.All };
            try
            {
                await Listed(order.Id).UploadAsync(StoredJson.Content(kept), Json(condition), cancellation);
                return;
            }
            catch (RequestFailedException other) when (other.IsConflict && conflicts < MaxConflicts)
            {
                // The delivery of another attempt of the job added one at the same moment.
            }
        }
    }

    /// <summary>The attempts of a job whose end has a message.</summary>
    internal async Task<IReadOnlyList<int>> AttemptsAsync(string id, CancellationToken cancellation)
    {
        var attempts = new List<int>();
        await foreach (var blob in containers.Jobs.GetBlobsAsync(BlobTraits.None, BlobStates.None, FolderOf(id), cancellation))
        {
            if (int.TryParse(Path.GetFileNameWithoutExtension(blob.Name), out var attempt))
                attempts.Add(attempt);
        }

        return attempts;
    }

    /// <summary>Deletes everything that webhooks stored for a job or batch.</summary>
    internal async Task DeleteAsync(string id, CancellationToken cancellation)
    {
        await foreach (var blob in containers.Jobs.GetBlobsAsync(BlobTraits.None, BlobStates.None, FolderOf(id), cancellation))
            await containers.Jobs.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellation);
    }

    private async Task<(IReadOnlyList<DeliveryItem> Items, ETag? Seen)> ReadAsync(string id, CancellationToken cancellation)
    {
        try
        {
            var stored = (await Listed(id).DownloadContentAsync(cancellation)).Value;
            return (stored.Content.ToObjectFromJson<DeliveryItem[]>(StoredJson.Options)!, stored.Details.ETag);
        }
        catch (RequestFailedException missing) when (missing.IsNotFound)
        {
            return ([], null);
        }
    }

    private static BlobUploadOptions Json(BlobRequestConditions condition) => new()
    {
        Conditions = condition,
        HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" },
    };

    private static string FolderOf(string id) => $"webhooks/{id}/";

    private BlobClient Payload(DeliveryOrder order) => containers.Jobs.GetBlobClient($"{FolderOf(order.Id)}{order.Attempt}.json");

    private BlobClient Listed(string id) => containers.Jobs.GetBlobClient($"{FolderOf(id)}{List}");
}
