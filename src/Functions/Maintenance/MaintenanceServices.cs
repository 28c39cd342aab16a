using Microsoft.Extensions.DependencyInjection;

namespace Darkroom.Maintenance;

/// <summary>The services of this room.</summary>
internal static class MaintenanceServices
{
    public static IServiceCollection AddMaintenance(this IServiceCollection services) => services
        .AddSingleton<JobPurge>()
        .AddSingleton<JobBlobs>()
        .AddSingleton<JobNeeds>()
        .AddSingleton<BatchPurge>()
        .AddSingleton<RetentionCursor>();
}
