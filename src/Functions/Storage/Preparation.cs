using Darkroom.Settings;
using Microsoft.Extensions.Hosting;

namespace Darkroom.Storage;

/// <summary>What has to be there before the first request: settings that can be, and containers.</summary>
internal sealed class Preparation(Containers containers, DarkroomSettings settings) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Reading the settings checked them; asking for them here makes a wrong one stop the start.
        _ = settings;
        return containers.CreateAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
