using System.Globalization;
using Azure;
using Azure.Storage.Blobs.Models;
using Darkroom.Jobs.Submit;
using Darkroom.ModelScope.Requests;
using Darkroom.Requests;
using Darkroom.Storage;

namespace Darkroom.Jobs;

/// <summary>Finds the earlier job that made the same picture with the same explicit seed. Callers do not find each other's jobs.</summary>
public sealed class ReuseIndex(Containers containers, Ledger ledger, TimeProvider time)
{
    private const string PinnedAt = "pinnedAt";

    /// <summary>Records that a job made this picture. A request without a seed is not recorded.</summary>
    public async Task AddAsync(ImageRequest image, string? caller, string jobId, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.Seed is null)
            return;
        // The latest job wins, because an earlier one may have been purged.
        await containers.Jobs.GetBlobClient(NameOf(image, caller)).UploadAsync(BinaryData.FromString(jobId), overwrite: true, cancellation);
    }

    /// <summary>The job that made this picture; null if there is none.</summary>
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
    /// Records that a later job uses the pictures of an earlier job; false if those are being purged. A purge writes to the ledger before
    /// it reads the pins, so either the purge finds this pin, or this method finds the purge in the ledger.
    /// </summary>
    public async Task<bool> TryPinAsync(string earlier, string later, CancellationToken cancellation)
    {
        var pin = new BlobUploadOptions
        {
            Metadata = new Dictionary<string, string>(
                StringComparer.Ordinal)
            { [PinnedAt] = time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture) },
        };
        await containers.Jobs.GetBlobClient(PinOf(earlier, later)).UploadAsync(BinaryData.FromString(""), pin, cancellation);
        if (await ledger.ReadAsync(earlier, task: 0, cancellation) is not { Entry.State: LedgerState.Purged })
            return true;
        await UnpinAsync(earlier, later, cancellation);
        return false;
    }

    /// <summary>Removes the record that a later job uses the pictures of an earlier job.</summary>
    public Task UnpinAsync(string earlier, string later, CancellationToken cancellation) =>
        containers.Jobs.GetBlobClient(PinOf(earlier, later)).DeleteIfExistsAsync(cancellationToken: cancellation);

    /// <summary>The jobs that use the pictures of a job.</summary>
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

/// <summary>A job that uses the pictures of another job, and since when.</summary>
public sealed record PicturePin(string JobId, DateTimeOffset At);
