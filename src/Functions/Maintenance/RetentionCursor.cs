using System.Runtime.CompilerServices;
using Azure;
using Darkroom.Jobs;
using Darkroom.Storage;

namespace Darkroom.Maintenance;

/// <summary>Lists the jobs for a retention run, and stores where an interrupted run stopped.</summary>
public sealed class RetentionCursor(Containers containers, JobIndex index)
{
    private const string Name = "retention.txt";

    /// <summary>Lists the jobs from before a time, from where the last run stopped.</summary>
    public async IAsyncEnumerable<JobIndexEntry> ListAsync(
        DateTime before, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var entry in index.ListAsync(from: null, to: before, await ReadAsync(cancellation), cancellation))
            yield return entry;
    }

    /// <summary>Makes the next run continue after a position.</summary>
    public Task WriteAsync(JobIndexPosition place, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(place);
        return containers.Jobs.GetBlobClient(Name).UploadAsync(BinaryData.FromString(place.ToString()), overwrite: true, cancellation);
    }

    /// <summary>Makes the next run start at the beginning.</summary>
    public Task DeleteAsync(CancellationToken cancellation) =>
        containers.Jobs.GetBlobClient(Name).DeleteIfExistsAsync(cancellationToken: cancellation);

    // The position; null when the last run completed.
    private async Task<JobIndexPosition?> ReadAsync(CancellationToken cancellation)
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
}
