using System.Runtime.CompilerServices;
using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Darkroom.Batches.Input;
using Darkroom.Storage;

namespace Darkroom.Batches;

/// <summary>Where everything of a batch lies: one folder of blobs.</summary>
public sealed class BatchStore(Containers containers)
{
    private const int ReadAtOnce = 64 * 1024;
    private const string Children = "children";
    private const string Ticket = "ticket.json";

    // What only a batch that had begun can leave.
    private static readonly string[] LeftBehind = ["canceled", "results.jsonl", "errors.jsonl", Children];

    /// <summary>The results, in order of completion.</summary>
    internal ResultsFile Results(string batchId) => new(Appended(batchId, "results"));

    /// <summary>The errors, in order of completion.</summary>
    internal ResultsFile Errors(string batchId) => new(Appended(batchId, "errors"));

    /// <summary>The name of one of a batch's blobs.</summary>
    public static string NameOf(string batchId, string name) => $"batches/{batchId}/{name}";

    /// <summary>A blob of a batch that is written block by block.</summary>
    public BlockBlobClient Blob(string name) => containers.Jobs.GetBlockBlobClient(name);

    /// <summary>A new folder for input and items: of several who send a batch under one key each writes in its own.</summary>
    public static string NewFolder(string batchId) => NameOf(batchId, Guid.NewGuid().ToString("N"));

    /// <summary>Of several who start a batch of one id at the same moment the first decides what it starts with.</summary>
    /// <returns>The ticket that the batch has, and whether it is this one.</returns>
    public Task<(BatchTicket Ticket, bool IsMine)> DecideAsync(BatchTicket ticket, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        return FirstWrite.DecideAsync(containers.Jobs.GetBlobClient(NameOf(ticket.BatchId, Ticket)), ticket, cancellation);
    }

    /// <summary>What a batch began with; null when there is no batch of this id.</summary>
    public async Task<BatchTicket?> TicketAsync(string batchId, CancellationToken cancellation)
    {
        try
        {
            return (
                await containers.Jobs.GetBlobClient(
                    NameOf(
                        batchId,
                        Ticket)).DownloadContentAsync(cancellation)).Value.Content.ToObjectFromJson<BatchTicket>(StoredJson.Options);
        }
        catch (RequestFailedException missing) when (missing.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>Removes what a batch that is not to be left behind.</summary>
    public async Task RemoveAsync(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        foreach (var name in names)
            await Blob(name).DeleteIfExistsAsync(cancellationToken: CancellationToken.None);
    }

    /// <summary>
    /// Of an id that has no instance: whether it had one. Who begins anew under it would meet what the first left behind.
    /// </summary>
    public async Task<bool> WasThereAsync(string batchId, CancellationToken cancellation)
    {
        await foreach (var blob in containers.Jobs.GetBlobsAsync(BlobTraits.None, BlobStates.None, NameOf(batchId, ""), cancellation))
        {
            if (LeftBehind.Contains(blob.Name[(blob.Name.LastIndexOf('/') + 1)..]))
                return true;
        }

        return await IsRememberedAsync(batchId, cancellation);
    }

    /// <summary>
    /// Remembers a batch that is purged, so that its id answers "gone". Apart from the others, whose list must not grow for ever.
    /// </summary>
    public Task RememberAsync(string batchId, CancellationToken cancellation) =>
        Remembered(batchId).UploadAsync(BinaryData.FromString(""), overwrite: true, cancellation);

    /// <summary>Whether a batch of this id was purged.</summary>
    public async Task<bool> IsRememberedAsync(string batchId, CancellationToken cancellation) =>
        await Remembered(batchId).ExistsAsync(cancellation);

    /// <summary>The written items from a place on, each with the place behind it.</summary>
    internal async IAsyncEnumerable<(ReadOnlyMemory<byte> Line, long Next)> ItemsAsync(
        string name, long from, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var stream = await Blob(name).OpenReadAsync(
            new BlobOpenReadOptions(allowModifications: false) { Position = from, BufferSize = ReadAtOnce }, cancellation);
        var lines = new LineSplitter(stream, BatchLimits.LongestItem);
        while (await lines.ReadAsync(cancellation))
            yield return (lines.Line, from + lines.Position);
    }

    /// <summary>Marks a batch as given up, before anything else is done about it; the first who does decides how.</summary>
    public async Task MarkCanceledAsync(string batchId, bool keepsLate, CancellationToken cancellation)
    {
        try
        {
            await Blob(NameOf(batchId, "canceled")).UploadAsync(
                BinaryData.FromString(
                    keepsLate
                        ? "late=keep"
                        : "late=discard").ToStream(), new BlobUploadOptions { Conditions = new BlobRequestConditions
                        {
                            IfNoneMatch = ETag.All,
                        } }, cancellation);
        }
        catch (RequestFailedException there) when (there.IsConflict)
        {
            // It is given up already.
        }
    }

    /// <summary>Whether a batch is given up: then nothing of it is submitted any more.</summary>
    public async Task<bool> IsCanceledAsync(string batchId, CancellationToken cancellation) =>
        await Blob(NameOf(batchId, "canceled")).ExistsAsync(cancellation);

    /// <summary>Notes that a batch tries the failures of another again.</summary>
    public async Task AddChildAsync(string parentId, string childId, CancellationToken cancellation)
    {
        var children = containers.Jobs.GetAppendBlobClient(NameOf(parentId, Children));
        await children.CreateIfNotExistsAsync(cancellationToken: cancellation);
        using var line = new MemoryStream(Encoding.ASCII.GetBytes($"{childId}\n"));
        await children.AppendBlockAsync(line, new AppendBlobAppendBlockOptions(), cancellation);
    }

    /// <summary>The batches that try the failures of this one again, in the order they were made.</summary>
    public async Task<IReadOnlyList<string>> ChildrenAsync(string batchId, CancellationToken cancellation)
    {
        try
        {
            // Two who were at it at the same moment noted the same child.
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
