using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Microsoft.Azure.WebJobs.Extensions.Timers;

namespace Darkroom.LocalHost.Timers;

/// <summary>
/// Stores when each timer last ran, so that a run that was due while no host was running is made up. It uses the same blobs as Azure
/// Functions.
/// </summary>
internal sealed class BlobScheduleMonitor(BlobContainerClient container, string hostId) : ScheduleMonitor
{
    /// <inheritdoc/>
    public override async Task<ScheduleStatus?> GetStatusAsync(string timerName)
    {
        try
        {
            return (await Blob(timerName).DownloadContentAsync()).Value.Content.ToObjectFromJson<ScheduleStatus>();
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public override async Task UpdateStatusAsync(string timerName, ScheduleStatus status)
    {
        await container.CreateIfNotExistsAsync();
        await Blob(timerName).UploadAsync(BinaryData.FromString(JsonSerializer.Serialize(status)), overwrite: true);
    }

    private BlobClient Blob(string timerName) => container.GetBlobClient($"timers/{hostId}/{timerName}/status");
}
