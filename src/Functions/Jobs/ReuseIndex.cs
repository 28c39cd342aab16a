using System.Globalization;
using Azure;
using Azure.Storage.Blobs.Models;
using Darkroom.Jobs.Submit;
using Darkroom.ModelScope.Requests;
using Darkroom.Requests;
using Darkroom.Storage;

namespace Darkroom.Jobs;

/// <summary>Finds the earlier success of an identical request with an explicit seed. Accounts do not see each other's.</summary>
public sealed class ReuseIndex(Containers containers, Ledger ledger, TimeProvider time)
{
    private const string PinnedAt = "pinnedAt";

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
        catch (RequestFailedException missing) when (missing.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>
    /// Remembers that a later job lives on the pictures of an earlier one; false when those are being purged. Whoever purges writes that
    /// into the
    /// ledger before it looks for pins, so one of the two sees the other.
    /// </summary>
    public async Task<bool> TryPinAsync(string earlier, string later, CancellationToken cancellation)
    {
        var pin = new BlobUploadOptions
        {
            Metadata = new Dictionary<string, string>(
                StringComparer.Ordinal) { [PinnedAt] = time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture) },
        };
        await containers.Jobs.GetBlobClient(PinOf(earlier, later)).UploadAsync(BinaryData.FromString(""), pin, cancellation);
        if (await ledger.ReadAsync(earlier, task: 0, cancellation) is not { Entry.State: LedgerState.Purged })
            return true;
        await UnpinAsync(earlier, later, cancellation);
        return false;
    }

    /// <summary>It does not any more.</summary>
    public Task UnpinAsync(string earlier, string later, CancellationToken cancellation) =>
        containers.Jobs.GetBlobClient(PinOf(earlier, later)).DeleteIfExistsAsync(cancellationToken: cancellation);

    /// <summary>Who lives on a job's pictures.</summary>
    public async Task<IReadOnlyList<PicturePin>> PinnedByAsync(string earlier, CancellationToken cancellation)
    {
        var folder = PinOf(earlier, "");
        var pins = new List<PicturePin>();
        await foreach (var pin in containers.Jobs.GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, folder, cancellation))
            pins.Add(
                new PicturePin(
                    pin.Name[folder.Length..],
                    pin.Metadata.TryGetValue(PinnedAt, out var at)
                        ? DateTimeOffset.Parse(at, CultureInfo.InvariantCulture)
                        : DateTimeOffset.MinValue));
        return pins;
    }

    private static string PinOf(string earlier, string later) => $"reused/{earlier}/{later}";

    private static string NameOf(ImageRequest image, string? caller) =>
        $"made/{CanonicalRequest.Hash($"{caller}\n{CanonicalRequest.ContentHash(image)}")}";
}

/// <summary>A job that lives on another's pictures, and since when.</summary>
public sealed record PicturePin(string JobId, DateTimeOffset At);
