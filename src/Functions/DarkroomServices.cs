using Darkroom.Api;
using Darkroom.Batches;
using Darkroom.Gate;
using Darkroom.Jobs;
using Darkroom.Maintenance;
using Darkroom.ModelScope;
using Darkroom.Queues;
using Darkroom.Requests;
using Darkroom.Settings;
using Darkroom.Storage;
using Darkroom.Telemetry;
using Darkroom.Usage;
using Darkroom.Webhooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Darkroom;

/// <summary>The services of the app. Each room adds its own.</summary>
public static class DarkroomServices
{
    /// <summary>Adds the services of every room.</summary>
    public static void AddDarkroom(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        LogLevels.Set(builder.Logging);
        TelemetryExport.Add(builder);
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => WebhookRules.Check(DarkroomSettings.Read(provider.GetRequiredService<IConfiguration>())));
        services.AddSingleton(
            provider =>
                new ModelScopeClient(
                    provider.GetRequiredService<DarkroomSettings>().ToClientOptions(), provider.GetRequiredService<TimeProvider>()));
        services.AddStorage()
            .AddUsage()
            .AddGate()
            .AddJobs()
            .AddBatches()
            .AddQueues()
            .AddWebhooks()
            .AddMaintenance()
            .AddApi();
    }
}
