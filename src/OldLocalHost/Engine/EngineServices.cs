using Darkroom.LocalHost.Client;
using Darkroom.LocalHost.Hosting;
using Darkroom.LocalHost.Journal;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Darkroom.LocalHost.Engine;

/// <summary>Adds the engine to the app.</summary>
internal static class EngineServices
{
    /// <param name="services">The app's services.</param>
    /// <param name="settings">What host.json says.</param>
    /// <param name="stateDirectory">Where the journal is.</param>
    public static void AddTo(IServiceCollection services, HostSettings settings, string stateDirectory)
    {
        var version = settings.Durable.DefaultVersion;
        services.AddSingleton(provider => new Stepper(
            provider.GetRequiredService<IFunctionRunner>(), provider.GetRequiredService<DataConverter>(), provider.GetRequiredService<ILoggerFactory>(), version));
        services.AddSingleton(provider => new EngineCore(
            new JournalFiles(stateDirectory), provider.GetRequiredService<Stepper>(), provider.GetRequiredService<TimeProvider>(), () => Guid.NewGuid().ToString("N")));
        services.AddSingleton<IHistoryReader>(provider => provider.GetRequiredService<EngineCore>());
        services.AddSingleton(LimitsOf(settings));
        services.AddSingleton<DurableEngine>();
        services.AddSingleton(new ClientSettings(settings.Durable.HubName, version));
        services.AddSingleton<DurableTaskClient, LocalDurableTaskClient>();
        services.AddHostedService<EngineLifetime>();
    }

    private static EngineLimits LimitsOf(HostSettings settings)
    {
        // More at once than there are processors only makes each slower.
        var steps = Math.Min(settings.Durable.MaxConcurrentOrchestratorFunctions, Environment.ProcessorCount);
        return new EngineLimits { Activities = settings.Durable.MaxConcurrentActivityFunctions, Steps = steps };
    }

    /// <summary>Starts the engine before everything else, and stops it after everything else.</summary>
    private sealed class EngineLifetime(DurableEngine engine) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            engine.Start();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => engine.StopAsync(TimeSpan.FromSeconds(10));
    }
}
