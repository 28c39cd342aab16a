using System.Text.Json;
using Azure;
using Azure.Storage.Blobs.Models;
using Darkroom.Requests;
using Darkroom.Storage;

namespace Darkroom.Jobs;

/// <summary>Requests that hold what must not stand in the durable history, or are too large for it.</summary>
public sealed class RequestStore(Containers containers)
{
    // What is larger would spill into blobs of the engine's own.
    private const int LongestInHistory = 8 * 1024;

    /// <summary>Whether a request has to be stored.</summary>
    public static bool MustStore(string request) => request.Length > LongestInHistory || MaskedRequest.HidesSomething(request);

    /// <summary>Stores the whole of a job's request.</summary>
    public async Task StoreAsync(string jobId, string request, CancellationToken cancellation) =>
        await containers.Jobs.GetBlobClient(NameOf(jobId, CanonicalRequest.Hash(request))).UploadAsync(
            BinaryData.FromString(request), new BlobUploadOptions
            {
                HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" },
            }, cancellation);

    /// <summary>
    /// The whole of a job's request, wherever it is; null when it is gone, or no longer valid for this version of the app.
    /// </summary>
    public async Task<JobRequest?> TryReadAsync(JobTicket ticket, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        try
        {
            if (!ticket.IsStored)
                return CanonicalRequest.Read(ticket.Request);
            var stored = await containers.Jobs.GetBlobClient(NameOf(ticket.JobId, ticket.RequestHash)).DownloadContentAsync(cancellation);
            return CanonicalRequest.Read(stored.Value.Content.ToString());
        }
        catch (RequestFailedException missing) when (missing.IsNotFound)
        {
            return null;
        }
        catch (Exception exception) when (exception is InvalidOperationException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Of several who start a job of one id at the same moment the first decides what it starts with.</summary>
    /// <returns>The ticket that the job has, and whether it is this one.</returns>
    public Task<(JobTicket Ticket, bool IsMine)> DecideAsync(JobTicket ticket, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        return FirstWrite.DecideAsync(containers.Jobs.GetBlobClient($"{FolderOf(ticket.JobId)}ticket.json"), ticket, cancellation);
    }

    /// <summary>Deletes a job's request, and who started it.</summary>
    public async Task ForgetAsync(string jobId, CancellationToken cancellation)
    {
        await foreach (var blob in containers.Jobs.GetBlobsAsync(BlobTraits.None, BlobStates.None, FolderOf(jobId), cancellation))
            await containers.Jobs.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellation);
    }

    private static string FolderOf(string jobId) => $"requests/{jobId}/";

    // By its hash: of two who start with one key at once, with different requests, neither stores over the other's.
    private static string NameOf(string jobId, string hash) => $"{FolderOf(jobId)}{hash}.json";
}
