using Darkroom.Storage;
using Microsoft.Extensions.Hosting;

namespace Darkroom.Usage;

/// <summary>Creates the table of the usage at the start of the app, and tries again until storage is available.</summary>
internal sealed class UsageTable(UsageStore usage, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await usage.CreateAsync(stoppingToken);
                return;
            }
            catch (Exception exception) when (StorageTrouble.Is(exception))
            {
                // The initializer of the containers reports that storage is not available.
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }
}
