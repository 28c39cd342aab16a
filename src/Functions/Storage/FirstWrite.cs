using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Darkroom.Storage;

/// <summary>A blob whose first writer decides: everybody after that gets what was written.</summary>
internal static class FirstWrite
{
    // Tells a writer whose answer was lost, and who wrote again, that the blob is its own.
    private const string Writer = "writer";

    /// <summary>Writes <paramref name="mine"/> unless something is written already.</summary>
    /// <returns>What stands there now, and whether this call wrote it.</returns>
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
