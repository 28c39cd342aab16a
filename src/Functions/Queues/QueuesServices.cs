using Darkroom.Durable;
using Microsoft.Extensions.DependencyInjection;

namespace Darkroom.Queues;

/// <summary>The services of this room.</summary>
internal static class QueuesServices
{
    public static IServiceCollection AddQueues(this IServiceCollection services) => services
        .AddSingleton<PoisonMessages>()
        .AddSingleton<QueuedBatches>()
        .AddSingleton<IFinishedListener, Announcements>();
}
