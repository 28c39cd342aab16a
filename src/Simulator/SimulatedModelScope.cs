using System.Net;
using Darkroom.Simulator.Endpoints;
using Darkroom.Simulator.Scenarios;
using Darkroom.Simulator.Tasks;

namespace Darkroom.Simulator;

/// <summary>A running simulator: two hosts on this machine, one for the API and one for pictures.</summary>
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

    /// <summary>The API's base address.</summary>
    public Uri ApiUrl { get; }

    /// <summary>The picture host's address.</summary>
    public Uri PictureUrl { get; }

    /// <summary>The picture host as a client's rules spell it, <c>host:port</c>.</summary>
    public string PictureHost => PictureUrl.Authority;

    /// <summary>What it saw.</summary>
    public Counters Counters => _upstream.Counters;

    /// <summary>The tasks it accepted.</summary>
    public TaskBook Tasks => _upstream.Tasks;

    /// <summary>Which scenarios apply where.</summary>
    public ScenarioBook Scenarios => _upstream.Scenarios;

    /// <summary>What can be changed while it runs.</summary>
    public SimulatorSettings Settings
    {
        get => _upstream.Settings;
        set => _upstream.Change(value);
    }

    /// <summary>Starts listening on 127.0.0.1.</summary>
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

    /// <summary>Back to how it was started: no tasks, no scenarios, counters at zero.</summary>
    public void Reset() => _upstream.Reset();

    /// <summary>Runs until the process is asked to stop.</summary>
    public Task WaitForShutdownAsync() => _app.WaitForShutdownAsync();

    // Two hosts in one process: pictures are to be had from the one, everything else from the other.
    private static bool StandsOnItsHost(HttpContext context, Upstream upstream) =>
        context.Request.Path.StartsWithSegments("/img", StringComparison.Ordinal)
        == upstream.PictureHost.EndsWith($":{context.Connection.LocalPort}", StringComparison.Ordinal);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Silent answers wait for their callers; a simulator that goes away does not wait for them.
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }
}
