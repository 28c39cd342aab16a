using Microsoft.Extensions.DependencyInjection;

namespace Darkroom.Storage;

/// <summary>The services of this room.</summary>
internal static class StorageServices
{
    public static IServiceCollection AddStorage(this IServiceCollection services) => services
        .AddSingleton<StorageAccount>()
        .AddSingleton(provider => provider.GetRequiredService<StorageAccount>().OpenBlobs())
        .AddSingleton(provider => provider.GetRequiredService<StorageAccount>().OpenQueues())
        .AddSingleton(provider => provider.GetRequiredService<StorageAccount>().OpenTables())
        .AddStoragePart<Containers>()
        .AddStoragePart<StorageQueues>()
        .AddHostedService<StorageInitializer>();

    /// <summary>Adds a part of the storage account, which is created at the start of the app.</summary>
    public static IServiceCollection AddStoragePart<T>(this IServiceCollection services)
        where T : class, IStoragePart =>
        services.AddSingleton<T>().AddSingleton<IStoragePart>(provider => provider.GetRequiredService<T>());
}
