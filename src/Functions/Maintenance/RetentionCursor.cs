using Azure;
using Darkroom.Jobs;
using Darkroom.Storage;

namespace Darkroom.Maintenance;

/// <summary>Stores where an interrupted retention run stopped.</summary>
public sealed class RetentionCursor(Containers containers)
{
    private const string Name = "retention.txt";

    /// <summary>Reads the position; null when the last run completed.</summary>
    public async Task<JobIndexPosition?> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            var token = (await containers.Jobs.GetBlobClient(Name).DownloadContentAsync(cancellation)).Value.Content.ToString();
            return JobIndexPosition.TryParse(token, out var place) ? place : null;
        }
        catch (RequestFailedException missing) when (missing.IsNotFound)
        {
            return null;
        }
    }

    public Task WriteAsync(JobIndexPosition place, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(place);
        return containers.Jobs.GetBlobClient(Name).UploadAsync(BinaryData.FromString(place.ToString()), overwrite: true, cancellation);
    }

    /// <summary>Makes the next run start at the beginning.</summary>
    public Task DeleteAsync(CancellationToken cancellation) =>
        containers.Jobs.GetBlobClient(Name).DeleteIfExistsAsync(cancellationToken: cancellation);
}
