using Darkroom.Generation;
using Darkroom.Http;
using Darkroom.ModelScope;
using Darkroom.Settings;
using Darkroom.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Darkroom;

/// <summary>What the functions are made of.</summary>
public static class DarkroomServices
{
    /// <summary>Adds it all.</summary>
    public static void AddDarkroom(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => DarkroomSettings.Read(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton(provider => new ModelScopeClient(provider.GetRequiredService<DarkroomSettings>().ToClientOptions(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => StorageAccount.Open(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<Containers>().AddSingleton<Ledger>().AddSingleton<PictureStore>().AddSingleton<Sidecars>().AddSingleton<RequestStore>();
        services.AddSingleton<Experience>().AddSingleton<JobCards>().AddSingleton<ReuseIndex>();
        services.AddSingleton<JobStarter>().AddSingleton<JobReader>().AddSingleton<JobAnswers>().AddSingleton<JobWatch>();
        services.AddHostedService<Preparation>();
    }
}
