using System.Net;
using Darkroom.Simulator.Endpoints;
using Darkroom.Simulator.Scenarios;
using Darkroom.Simulator.Tasks;

namespace Darkroom.Simulator;

/// <summary>A running simulator. It listens on two ports of 127.0.0.1: one for the API, one for pictures.</summary>
public sealed class SimulatedModelScope : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Upstream _upstream;

    private SimulatedModelScope(WebApplication app, Upstream upstream, Uri apiUrl, Uri pictureUrl)
    {
        _app = app;
        _upstream = upstream;
        ApiUrl = apiUrl;
        PictureUrl = pictureUrl;
    }

    /// <summary>The base address of the API.</summary>
    public Uri ApiUrl { get; }

    /// <summary>The address of the picture host.</summary>
    public Uri PictureUrl { get; }

    /// <summary>The picture host as <c>host:port</c>, the form of a client's list of allowed hosts.</summary>
    public string PictureHost => PictureUrl.Authority;

    public Counters Counters => _upstream.Counters;

    /// <summary>All accepted tasks.</summary>
    public TaskBook Tasks => _upstream.Tasks;

    /// <summary>The assigned scenarios.</summary>
    public ScenarioBook Scenarios => _upstream.Scenarios;

    /// <summary>The settings. They can be changed while the simulator runs.</summary>
    public SimulatorSettings Settings
    {
        get => _upstream.Settings;
        set => _upstream.Change(value);
    }

    /// <summary>Starts a simulator on 127.0.0.1.</summary>
    public static async Task<SimulatedModelScope> StartAsync(SimulatorOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new SimulatorOptions();
        var upstream = new Upstream(options);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(options.Time);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, options.Port);
            kestrel.Listen(IPAddress.Loopback, options.PicturePort);
        });

        var app = builder.Build();
        app.Use(next => context => upstream.Counters.DuringAsync(next, context));
        app.Use(
            next =>
                context => StandsOnItsHost(context, upstream) ? next(context) : Replies.Error(404, "no such path on this host")(context));
        app.UseRouting();
        app.MapSubmit(upstream);
        app.MapTasks(upstream);
        app.MapBalance(upstream);
        app.MapControl(upstream);
        app.MapPictures(upstream);
        await app.StartAsync(cancellation);

        var addresses = app.Urls.Select(url => new Uri(url)).ToArray();
        upstream.PictureHost = addresses[1].GetLeftPart(UriPartial.Authority);
        return new SimulatedModelScope(app, upstream, addresses[0], addresses[1]);
    }

    /// <summary>Restores the state after the start: no tasks, no scenarios, initial settings, counters at zero.</summary>
    public void Reset() => _upstream.Reset();

    /// <summary>Waits until the process is asked to stop.</summary>
    public Task WaitForShutdownAsync() => _app.WaitForShutdownAsync();

    // Both hosts run in one process. The picture host serves only pictures, and the API host serves everything else.
    private static bool StandsOnItsHost(HttpContext context, Upstream upstream) =>
        context.Request.Path.StartsWithSegments("/img", StringComparison.Ordinal)
        == upstream.PictureHost.EndsWith($":{context.Connection.LocalPort}", StringComparison.Ordinal);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // A silent reply ends only when its caller closes the connection, so the server stops without waiting for open requests.
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }
}
