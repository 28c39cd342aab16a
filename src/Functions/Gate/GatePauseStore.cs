using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Darkroom.Storage;

namespace Darkroom.Gate;

/// <summary>Stores the operator's pause, so that it survives a restart and also the loss of the gate's orchestration.</summary>
public sealed class GatePauseStore(Containers containers)
{
    private BlobClient Blob => containers.Jobs.GetBlobClient("gate/pause.json");

    /// <summary>The pause that is set, even if it is over; null if there is none.</summary>
    public async Task<GatePause?> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            return (await Blob.DownloadContentAsync(cancellation)).Value.Content.ToObjectFromJson<GatePause>(StoredJson.Options);
        }
        catch (RequestFailedException missing) when (missing.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>Sets the pause, or replaces it.</summary>
    public Task WriteAsync(GatePause pause, CancellationToken cancellation) => Blob.UploadAsync(
        StoredJson.Content(pause),
        new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" } },
        cancellation);

    /// <summary>Removes the pause.</summary>
    public Task DeleteAsync(CancellationToken cancellation) => Blob.DeleteIfExistsAsync(cancellationToken: cancellation);
}
