using System.Text.Json;
using Azure;
using Azure.Storage.Blobs.Models;
using Darkroom.Jobs.Calls;
using Darkroom.Requests;
using Darkroom.Storage;

namespace Darkroom.Jobs;

/// <summary>Stores requests that contain secrets or are too large for the durable history.</summary>
public sealed class RequestStore(Containers containers)
{
    // The engine would move a larger input into blobs of its own.
    private const int LongestInHistory = 8 * 1024;

    public static bool MustStore(string request) => request.Length > LongestInHistory || MaskedRequest.HidesSomething(request);

    /// <summary>Stores the full request of a job.</summary>
    public async Task StoreAsync(string jobId, string request, CancellationToken cancellation) =>
        await containers.Jobs.GetBlobClient(NameOf(jobId, CanonicalRequest.Hash(request))).UploadAsync(
            BinaryData.FromString(request), new BlobUploadOptions
            {
                HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" },
            }, cancellation);

    /// <summary>
    /// Reads the full request of a job, from the ticket or from storage; null if it is gone or no longer valid for this version of the app.
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

    /// <summary>Decides which ticket a job gets if several calls start the same id at the same moment: the first call wins.</summary>
    /// <returns>The ticket of the job, and whether it is the given one.</returns>
    public Task<(JobTicket Ticket, bool IsMine)> DecideAsync(JobTicket ticket, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        return FirstWrite.DecideAsync(containers.Jobs.GetBlobClient($"{FolderOf(ticket.JobId)}ticket.json"), ticket, cancellation);
    }

    /// <summary>Deletes the stored request and the stored ticket of a job.</summary>
    public async Task DeleteAsync(string jobId, CancellationToken cancellation)
    {
        await foreach (var blob in containers.Jobs.GetBlobsAsync(BlobTraits.None, BlobStates.None, FolderOf(jobId), cancellation))
            await containers.Jobs.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellation);
    }

    /// <summary>Deletes the history of calls with the body of a job, unless a call with this body was made since.</summary>
    public async Task DeleteCallsAsync(JobTicket ticket, DateTime since, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        var unchanged = new BlobRequestConditions { IfUnmodifiedSince = new DateTimeOffset(since.ToUniversalTime()) };
        try
        {
            await containers.Jobs.GetBlobClient(CallLog.NameOf(ticket.Caller, ticket.RequestHash)).DeleteIfExistsAsync(
                DeleteSnapshotsOption.None, unchanged, cancellation);
        }
        catch (RequestFailedException changed) when (changed.IsConflict)
        {
            // The job of the later call deletes it.
        }
    }

    private static string FolderOf(string jobId) => $"requests/{jobId}/";

    // The name contains the hash, so that two calls with the same key and different requests do not overwrite each other.
    private static string NameOf(string jobId, string hash) => $"{FolderOf(jobId)}{hash}.json";
}
