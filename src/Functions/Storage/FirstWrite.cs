using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Darkroom.Storage;

/// <summary>A blob that only the first writer can write; every later writer gets the value of the first.</summary>
internal static class FirstWrite
{
    // The id of the writer. If the response to a write is lost, the client writes again and gets a conflict with its own blob.
    private const string Writer = "writer";

    /// <summary>Writes <paramref name="mine"/> if the blob does not exist yet.</summary>
    /// <returns>The value of the blob, and whether this call wrote it.</returns>
    public static async Task<(T Value, bool IsMine)> DecideAsync<T>(BlobClient blob, T mine, CancellationToken cancellation)
    {
        var writer = Guid.NewGuid().ToString("N");
        var options = new BlobUploadOptions
        {
            Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
            HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" },
            Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { [Writer] = writer },
        };
        try
        {
            await blob.UploadAsync(StoredJson.Content(mine), options, cancellation);
            return (mine, true);
        }
        catch (RequestFailedException taken) when (taken.IsConflict)
        {
            var first = (await blob.DownloadContentAsync(cancellation)).Value;
            return (
                first.Content.ToObjectFromJson<T>(StoredJson.Options)!,
                first.Details.Metadata.TryGetValue(Writer, out var wrote) && wrote == writer);
        }
    }
}
