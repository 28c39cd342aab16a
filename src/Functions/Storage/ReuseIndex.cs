using System.Net;
using Azure;
using Darkroom.ModelScope.Requests;
using Darkroom.Requests;

namespace Darkroom.Storage;

/// <summary>Finds the earlier success of an identical request with an explicit seed. Accounts do not see each other's.</summary>
public sealed class ReuseIndex(Containers containers)
{
    /// <summary>Remembers that a job made this picture.</summary>
    public async Task AddAsync(ImageRequest image, string? caller, string jobId, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.Seed is null)
            return;
        // The latest wins: an earlier one may have been purged.
        await containers.Jobs.GetBlobClient(NameOf(image, caller)).UploadAsync(BinaryData.FromString(jobId), overwrite: true, cancellation);
    }

    /// <summary>The job that made this picture; null when none did.</summary>
    public async Task<string?> FindAsync(ImageRequest image, string? caller, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(image);
        try
        {
            return (await containers.Jobs.GetBlobClient(NameOf(image, caller)).DownloadContentAsync(cancellation)).Value.Content.ToString();
        }
        catch (RequestFailedException missing) when (missing.Status == (int)HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private static string NameOf(ImageRequest image, string? caller) =>
        $"made/{RequestText.Hash($"{caller}\n{RequestText.ContentHash(image)}")}";
}
