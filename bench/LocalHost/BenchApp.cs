using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Darkroom.Bench;

/// <summary>The bench's functions as an app of its own, on a disk that is synced.</summary>
internal sealed class BenchApp : IAsyncDisposable
{
    private readonly IHost _host;

    private BenchApp(IHost host) => _host = host;

    public DurableTaskClient Client => _host.Services.GetRequiredService<DurableTaskClient>();

    public static async Task<BenchApp> StartAsync(string directory)
    {
        var builder = FunctionsApplication.CreateBuilder(["--port=0", $"--state={directory}"]);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TextWriter>(TextWriter.Null);
        builder.ConfigureFunctionsWebApplication();
        var host = builder.Build();
        await host.StartAsync();
        return new BenchApp(host);
    }

    public async Task RunAsync(string name, object? input = null) =>
        await Client.WaitForInstanceCompletionAsync(await Client.ScheduleNewOrchestrationInstanceAsync(name, input));

    /// <summary>Runs many, so many at a time.</summary>
    public Task RunManyAsync(string name, int count, int atOnce)
    {
        var begun = 0;
        return Task.WhenAll(Enumerable.Range(0, atOnce).Select(async _ =>
        {
            while (Interlocked.Increment(ref begun) <= count)
                await RunAsync(name);
        }));
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable host)
            await host.DisposeAsync();
    }
}
