using Darkroom.LocalHost.Hosting;
using Darkroom.TestKit;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Darkroom.LocalHost.Tests.Hosting;

/// <summary>A whole function app with real sockets, in a directory of its own.</summary>
internal sealed class RunningApp : IAsyncDisposable
{
    private readonly IHost _host;
    private HttpClient? _http;
    private bool _isRunning;

    private RunningApp(IHost host, string directory, CapturedLog log, StringWriter output)
    {
        _host = host;
        Directory = directory;
        Log = log;
        Output = output;
    }

    public string Directory { get; }

    public string StateDirectory => Path.Combine(Directory, "state");

    public CapturedLog Log { get; }

    /// <summary>What was printed.</summary>
    public StringWriter Output { get; }

    public IServiceProvider Services => _host.Services;

    public Uri Url => new(Output.ToString().Split("\nReady: ")[1].Trim() + "/");

    public HttpClient Http => _http ??= new HttpClient { BaseAddress = Url };

    /// <summary>Built, and not started.</summary>
    public static RunningApp Build(AppSettings settings)
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("darkroom-").FullName;
        try
        {
            return Build(settings, directory);
        }
        catch
        {
            System.IO.Directory.Delete(directory, recursive: true);
            throw;
        }
    }

    public static async Task<RunningApp> StartAsync(AppSettings settings)
    {
        var app = Build(settings);
        await app.RunAsync();
        return app;
    }

    public Task RunAsync()
    {
        _isRunning = true;
        return _host.StartAsync();
    }

    public Task StopAsync(CancellationToken limit = default) => _host.StopAsync(limit);

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        if (_isRunning)
            await _host.StopAsync(atOnce.Token);
        // Who listens may be writing its last words: nobody takes the directory away under it.
        foreach (var service in _host.Services.GetServices<IHostedService>().OfType<BackgroundService>())
        {
            if (service.ExecuteTask is { } work)
                await work.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        if (_host is IAsyncDisposable host)
            await host.DisposeAsync();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private static RunningApp Build(AppSettings settings, string directory)
    {
        if (settings.HostJson is not null)
            File.WriteAllText(Path.Combine(directory, "host.json"), settings.HostJson);
        if (settings.LocalSettingsJson is not null)
            File.WriteAllText(Path.Combine(directory, "local.settings.json"), settings.LocalSettingsJson);

        var log = new CapturedLog();
        var output = new StringWriter();
        var builder = FunctionsApplication.CreateBuilder([$"--contentRoot={directory}", $"--state={Path.Combine(directory, "state")}", "--port=0", .. settings.Arguments]);
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Services.AddSingleton<TextWriter>(output);
        if (settings.Time is not null)
            builder.Services.AddSingleton<TimeProvider>(settings.Time);
        if (settings.IsWeb)
            builder.ConfigureFunctionsWebApplication();
        settings.Configure?.Invoke(builder);
        builder.UseFunctions([.. settings.Functions]);
        return new RunningApp(builder.Build(), directory, log, output);
    }
}

/// <summary>What an app is tried with.</summary>
internal sealed record AppSettings(params IReadOnlyList<Type> Functions)
{
    public IReadOnlyList<string> Arguments { get; init; } = [];

    public string? HostJson { get; init; }

    public string? LocalSettingsJson { get; init; }

    public bool IsWeb { get; init; } = true;

    public ManualTime? Time { get; init; }

    public Action<FunctionsApplicationBuilder>? Configure { get; init; }
}
