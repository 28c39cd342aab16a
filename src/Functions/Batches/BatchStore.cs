using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Darkroom.Batches.Input;
using Darkroom.Requests;
using Darkroom.Storage;

namespace Darkroom.Batches;

/// <summary>The blobs of batches: each batch has a folder.</summary>
public sealed class BatchStore(Containers containers)
{
    private const int ReadAtOnce = 64 * 1024;
    private const string Children = "children";
    private const string Ticket = "ticket.json";

    // Only a batch that had started leaves these blobs.
    private static readonly string[] LeftBehind = ["canceled", "results.jsonl", "errors.jsonl", Children];

    /// <summary>The results, in order of completion.</summary>
    internal ResultsFile Results(string batchId) => new(Appended(batchId, "results"));

    /// <summary>The errors, in order of completion.</summary>
    internal ResultsFile Errors(string batchId) => new(Appended(batchId, "errors"));

    /// <summary>The name of one of a batch's blobs.</summary>
    public static string NameOf(string batchId, string name) => $"batches/{batchId}/{name}";

    /// <summary>A blob of a batch that is written block by block.</summary>
    public BlockBlobClient Blob(string name) => containers.Jobs.GetBlockBlobClient(name);

    /// <summary>A new folder for input and items. Concurrent calls with the same key write to different folders.</summary>
    public static string NewFolder(string batchId) => NameOf(batchId, Guid.NewGuid().ToString("N"));

    /// <summary>Decides which ticket a batch gets if several calls start the same id at the same moment: the first call wins.</summary>
    /// <returns>The ticket of the batch, and whether it is the given one.</returns>
    public Task<(BatchTicket Ticket, bool IsMine)> DecideAsync(BatchTicket ticket, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        return FirstWrite.DecideAsync(containers.Jobs.GetBlobClient(NameOf(ticket.BatchId, Ticket)), ticket, cancellation);
    }

    /// <summary>Reads the ticket of a batch; null if there is no batch with this id.</summary>
    public async Task<BatchTicket?> TicketAsync(string batchId, CancellationToken cancellation)
    {
        try
        {
            var stored = await containers.Jobs.GetBlobClient(NameOf(batchId, Ticket)).DownloadContentAsync(cancellation);
            return stored.Value.Content.ToObjectFromJson<BatchTicket>(StoredJson.Options);
        }
        catch (RequestFailedException missing) when (missing.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>Stores the webhook of a batch. Its secret must not be in the ticket, because that is part of the durable history.</summary>
    public Task StoreWebhookAsync(string name, JobWebhook webhook, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        return containers.Jobs.GetBlobClient(name).UploadAsync(
            BinaryData.FromString(webhook.Write().ToJsonString()), overwrite: true, cancellation);
    }

    /// <summary>Reads a stored webhook; null if it is gone.</summary>
    public async Task<JobWebhook?> WebhookAsync(string name, CancellationToken cancellation)
    {
        try
        {
            var stored = await containers.Jobs.GetBlobClient(name).DownloadContentAsync(cancellation);
            using var json = JsonDocument.Parse(stored.Value.Content);
            return WebhookRules.Stored.Read(json.RootElement).Webhook;
        }
        catch (RequestFailedException missing) when (missing.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>Removes blobs of a batch that was not started.</summary>
    public async Task RemoveAsync(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        foreach (var name in names)
            await Blob(name).DeleteIfExistsAsync(cancellationToken: CancellationToken.None);
    }

    /// <summary>
    /// For an id without an instance: whether there was one. A new batch with this id would mix with the blobs that the old one left.
    /// </summary>
    public async Task<bool> ExistedAsync(string batchId, CancellationToken cancellation)
    {
        await foreach (var blob in containers.Jobs.GetBlobsAsync(BlobTraits.None, BlobStates.None, NameOf(batchId, ""), cancellation))
        {
            if (LeftBehind.Contains(blob.Name[(blob.Name.LastIndexOf('/') + 1)..]))
                return true;
        }

        return await IsRememberedAsync(batchId, cancellation);
    }

    /// <summary>
    /// Records that a batch was purged, so that its id answers "gone". The record is outside of the folders of batches, because their list
    /// must not grow for ever.
    /// </summary>
    public Task RememberAsync(string batchId, CancellationToken cancellation) =>
        Remembered(batchId).UploadAsync(BinaryData.FromString(""), overwrite: true, cancellation);

    /// <summary>Whether a batch of this id was purged.</summary>
    public async Task<bool> IsRememberedAsync(string batchId, CancellationToken cancellation) =>
        await Remembered(batchId).ExistsAsync(cancellation);

    /// <summary>Reads the written items from a position on, each with the position after it.</summary>
    internal async IAsyncEnumerable<(ReadOnlyMemory<byte> Line, long Next)> ItemsAsync(
        string name, long from, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var stream = await Blob(name).OpenReadAsync(
            new BlobOpenReadOptions(allowModifications: false) { Position = from, BufferSize = ReadAtOnce }, cancellation);
        var lines = new LineSplitter(stream, BatchLimits.LongestItem);
        while (await lines.ReadAsync(cancellation))
            yield return (lines.Line, from + lines.Position);
    }

    /// <summary>
    /// Marks a batch as canceled, before any other step of the cancel. The mark of the first call stays; its content says whether late
    /// pictures are kept.
    /// </summary>
    public async Task MarkCanceledAsync(string batchId, bool keepsLate, CancellationToken cancellation)
    {
        try
        {
            await Blob(NameOf(batchId, "canceled")).UploadAsync(
                BinaryData.FromString(
                    keepsLate
                        ? "late=keep"
                        : "late=discard").ToStream(), new BlobUploadOptions
                        {
                            Conditions = new BlobRequestConditions
                            {
                                IfNoneMatch = ETag.All,
                            }
                        }, cancellation);
        }
        catch (RequestFailedException there) when (there.IsConflict)
        {
            // The batch is already canceled.
        }
    }

    /// <summary>Whether a batch was canceled. If so, none of its items may be submitted.</summary>
    public async Task<bool> IsCanceledAsync(string batchId, CancellationToken cancellation) =>
        await Blob(NameOf(batchId, "canceled")).ExistsAsync(cancellation);

    /// <summary>Records that a batch retries the failures of another batch.</summary>
    public async Task AddChildAsync(string parentId, string childId, CancellationToken cancellation)
    {
        var children = containers.Jobs.GetAppendBlobClient(NameOf(parentId, Children));
        await children.CreateIfNotExistsAsync(cancellationToken: cancellation);
        using var line = new MemoryStream(Encoding.ASCII.GetBytes($"{childId}\n"));
        await children.AppendBlockAsync(line, new AppendBlobAppendBlockOptions(), cancellation);
    }

    /// <summary>The batches that retry the failures of this one, in the order in which they were recorded.</summary>
    public async Task<IReadOnlyList<string>> ChildrenAsync(string batchId, CancellationToken cancellation)
    {
        try
        {
            // Two concurrent calls may have recorded the same child.
            var noted = await containers.Jobs.GetBlobClient(NameOf(batchId, Children)).DownloadContentAsync(cancellation);
            return [.. noted.Value.Content.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];
        }
        catch (RequestFailedException missing) when (missing.IsNotFound)
        {
            return [];
        }
    }

    private BlobClient Remembered(string batchId) => containers.Jobs.GetBlobClient($"purged-batches/{batchId}");

    private AppendBlobClient Appended(string batchId, string name) => containers.Jobs.GetAppendBlobClient(NameOf(batchId, $"{name}.jsonl"));
}
