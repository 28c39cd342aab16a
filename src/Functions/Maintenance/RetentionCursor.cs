using Azure;
using Darkroom.Jobs;
using Darkroom.Storage;

namespace Darkroom.Maintenance;

/// <summary>Where a run that had to stop has stopped.</summary>
public sealed class RetentionCursor(Containers containers)
{
    private const string Name = "retention.txt";

    /// <summary>The place; null when the last run came to its end.</summary>
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

    /// <summary>Remembers it.</summary>
    public Task WriteAsync(JobIndexPosition place, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(place);
        return containers.Jobs.GetBlobClient(Name).UploadAsync(BinaryData.FromString(place.ToString()), overwrite: true, cancellation);
    }

    /// <summary>The next run begins at the beginning.</summary>
    public Task ForgetAsync(CancellationToken cancellation) =>
        containers.Jobs.GetBlobClient(Name).DeleteIfExistsAsync(cancellationToken: cancellation);
}
