using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace Darkroom.TestKit.Faults;

/// <summary>A proxy in front of the three services of a storage account. It does to some requests what a bad day in a cloud does.</summary>
public sealed partial class FaultyStorage : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly IHttpForwarder _forwarder;
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
    private readonly ConcurrentDictionary<StorageFault, int> _counts = new();
    private readonly Dictionary<int, string> _targets = [];
    private readonly StorageFaults _faults;

    private FaultyStorage(WebApplication app, StorageFaults faults)
    {
        (_app, _faults) = (app, faults);
        _forwarder = app.Services.GetRequiredService<IHttpForwarder>();
    }

    /// <summary>The connection string through the proxy.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>Whether requests meet faults. At first they do not.</summary>
    public bool IsFaulty { get; set; }

    /// <summary>How many requests met which fault, and how many met none.</summary>
    public IReadOnlyDictionary<StorageFault, int> Counts => _counts;

    /// <summary>Starts a proxy in front of an account.</summary>
    public static async Task<FaultyStorage> InFrontOfAsync(string connection, StorageFaults faults)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddHttpForwarder();
        var targets = Service.Matches(connection);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            foreach (var _ in targets)
                kestrel.Listen(IPAddress.Loopback, 0);
        });
        var app = builder.Build();
        var storage = new FaultyStorage(app, faults);
        app.Run(storage.TakeAsync);
        await app.StartAsync();
        var ports = new Queue<int>(app.Urls.Select(url => new Uri(url).Port));
        storage.ConnectionString = Service.Replace(connection, service =>
        {
            var port = ports.Dequeue();
            storage._targets[port] = service.Value;
            return $"http://127.0.0.1:{port}";
        });
        return storage;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Long requests of a killed app are not waited for.
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private async Task TakeAsync(HttpContext http)
    {
        var (fault, late) = IsFaulty ? _faults.Next() : (StorageFault.None, TimeSpan.Zero);
        _counts.AddOrUpdate(fault, 1, (_, count) => count + 1);
        switch (fault)
        {
            case StorageFault.Delay:
                await Task.Delay(late, http.RequestAborted);
                await ForwardAsync(http);
                break;
            case StorageFault.Drop:
                http.Abort();
                break;
            case StorageFault.LoseAnswer:
                await ForwardUnansweredAsync(http);
                http.Abort();
                break;
            case StorageFault.Repeat:
                http.Request.EnableBuffering();
                await ForwardUnansweredAsync(http);
                http.Request.Body.Position = 0;
                http.Response.Clear();
                await ForwardAsync(http);
                break;
            case StorageFault.InternalError:
                Refuse(http, StatusCodes.Status500InternalServerError, "InternalError");
                break;
            case StorageFault.Unavailable:
                Refuse(http, StatusCodes.Status503ServiceUnavailable, "ServerBusy");
                break;
            default:
                await ForwardAsync(http);
                break;
        }
    }

    private ValueTask<ForwarderError> ForwardAsync(HttpContext http) =>
        _forwarder.SendAsync(http, _targets[http.Connection.LocalPort], _client, ForwarderRequestConfig.Empty, HttpTransformer.Default);

    // The answer goes nowhere.
    private async Task ForwardUnansweredAsync(HttpContext http)
    {
        var answer = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        await ForwardAsync(http);
        http.Features.Set(answer);
    }

    private static void Refuse(HttpContext http, int status, string code)
    {
        http.Response.StatusCode = status;
        http.Response.Headers["x-ms-error-code"] = code;
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Service { get; }
}
