using Darkroom.Settings;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Darkroom.Storage;

/// <summary>
/// Creates the containers, the queue and the table at the start of the app. Invalid settings stop the start. Unavailable storage does not:
/// the app tries again until it works, and the readiness check reports the problem.
/// </summary>
internal sealed partial class StorageInitializer(
    Containers containers,
    IEnumerable<IStoragePart> parts,
    DarkroomSettings settings,
    TimeProvider time,
    ILogger<StorageInitializer> log) : BackgroundService
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = TimeSpan.FromSeconds(1);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.WhenAll(parts.Select(part => part.CreateAsync(stoppingToken)));
                await containers.CreateAsync(settings.BatchContainers, stoppingToken);
                return;
            }
            catch (Exception exception) when (StorageTrouble.Is(exception))
            {
                // The message of the exception has many lines and a stack trace; address and kind are enough.
                LogAway(containers.Pictures.Uri.GetLeftPart(UriPartial.Authority), (int)pause.TotalSeconds, StorageTrouble.Kind(exception));
            }

            await Task.Delay(pause, time, stoppingToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
            Message =
                "The storage at {Address} is not available ({Reason}). Check that it is running and that AzureWebJobsStorage is correct. "
                    + "The next try is in {Seconds} s.")]
    private partial void LogAway(string address, int seconds, string reason);
}
