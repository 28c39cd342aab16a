using Microsoft.Extensions.DependencyInjection;

namespace Darkroom.Gate;

/// <summary>The services of this room.</summary>
internal static class GateServices
{
    public static IServiceCollection AddGate(this IServiceCollection services) => services
        .AddSingleton<GateStatusCache>()
        .AddSingleton<GatePauseStore>()
        .AddSingleton<QueueLimit>();
}
