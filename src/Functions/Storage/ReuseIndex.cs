using System.Net;
using Azure;
using Azure.Storage.Blobs.Models;
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

    /// <summary>Remembers that a later job lives on the pictures of an earlier one.</summary>
    public Task PinAsync(string earlier, string later, CancellationToken cancellation) =>
        containers.Jobs.GetBlobClient(PinOf(earlier, later)).UploadAsync(BinaryData.FromString(""), overwrite: true, cancellation);

    /// <summary>It does not any more.</summary>
    public Task UnpinAsync(string earlier, string later, CancellationToken cancellation) =>
        containers.Jobs.GetBlobClient(PinOf(earlier, later)).DeleteIfExistsAsync(cancellationToken: cancellation);

    /// <summary>Who lives on a job's pictures.</summary>
    public async Task<IReadOnlyList<string>> PinnedByAsync(string earlier, CancellationToken cancellation)
    {
        var folder = PinOf(earlier, "");
        var others = new List<string>();
        await foreach (var pin in containers.Jobs.GetBlobsAsync(BlobTraits.None, BlobStates.None, folder, cancellation))
            others.Add(pin.Name[folder.Length..]);
        return others;
    }

    private static string PinOf(string earlier, string later) => $"reused/{earlier}/{later}";

    private static string NameOf(ImageRequest image, string? caller) =>
        $"made/{RequestText.Hash($"{caller}\n{RequestText.ContentHash(image)}")}";
}
