using Darkroom.LocalHost.Tests.Hosting;
using Darkroom.LocalHost.Tests.Management;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Darkroom.LocalHost.Tests.Http;

/// <summary>A running app with <see cref="HttpFunctions"/>.</summary>
public abstract class HttpTest : IAsyncLifetime
{
    private protected RunningApp App { get; private set; } = null!;

    protected HttpClient Http => App.Http;

    public async ValueTask InitializeAsync() => App = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected static Task<RunningApp> StartAsync(Func<AppSettings, AppSettings>? change = null)
    {
        var settings = new AppSettings(typeof(HttpFunctions))
        {
            Configure = builder => builder.Services
                .AddSingleton<DurableTaskClient>(new FakeDurableClient())
                .AddSingleton<HttpFunctions.Marker>()
                .AddScoped<HttpFunctions.Scoped>(),
        };
        return RunningApp.StartAsync(change?.Invoke(settings) ?? settings);
    }
}
