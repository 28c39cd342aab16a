using Darkroom.Jobs.Submit;
using Microsoft.Extensions.DependencyInjection;

namespace Darkroom.Batches;

/// <summary>The services of this room.</summary>
internal static class BatchesServices
{
    public static IServiceCollection AddBatches(this IServiceCollection services) => services
        .AddSingleton<BatchStore>()
        .AddSingleton<IBatchStatus, BatchStatusReader>()
        .AddSingleton<BatchIntake>()
        .AddSingleton<BatchStarter>()
        .AddSingleton<BatchFamily>()
        .AddSingleton<BatchRetry>();
}
