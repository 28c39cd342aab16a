using Darkroom.Settings;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Darkroom.Storage;

/// <summary>
/// What has to be there before a job can be: settings that can be, and containers. Wrong settings stop the start; storage that is away does
/// not, because it comes back, and until then the health check says what is missing.
/// </summary>
internal sealed partial class StorageInitializer(
    Containers containers,
    StorageQueues queues,
    DarkroomSettings settings,
    TimeProvider time,
    ILogger<StorageInitializer> log) : BackgroundService
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // Reading the settings checked them; asking for them here makes a wrong one stop the start.
        _ = settings;
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = TimeSpan.FromSeconds(1);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // The queue too: whoever feeds it may come before the first message made it.
                await Task.WhenAll(
                    containers.CreateAsync(stoppingToken),
                    queues.Jobs.CreateIfNotExistsAsync(cancellationToken: stoppingToken),
                    containers.CreateAsync(settings.InboxContainers, stoppingToken));
                return;
            }
            catch (Exception exception) when (StorageTrouble.Is(exception))
            {
                // The words of the exception run over many lines and end in a stack; the place and the kind are enough.
                LogAway(containers.Pictures.Uri.GetLeftPart(UriPartial.Authority), (int)pause.TotalSeconds, StorageTrouble.Kind(exception));
            }

            using var rest = new PeriodicTimer(pause, time);
            await rest.WaitForNextTickAsync(stoppingToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    [
        LoggerMessage(
            Level = LogLevel.Warning,
            Message =
                "The storage at {Address} cannot be used ({Reason}): is it running, and is AzureWebJobsStorage right? It is tried again "
                    + "in {Seconds} s.")]
    private partial void LogAway(string address, int seconds, string reason);
}
