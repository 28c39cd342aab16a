using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Darkroom.LocalHost.Functions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.WebJobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Forwarder;

namespace Darkroom.LocalHost.Http;

/// <summary>
/// Serves the app's HTTP functions, the web hooks of its extensions and the admin endpoint on 127.0.0.1. Requests that arrive before the
/// app is ready wait.
/// </summary>
internal sealed partial class HttpServer : EndpointDataSource, IAsyncDisposable
{
    // The same limit as in Azure Functions.
    private const long MaxRequestBytes = 104_857_600;
    private static readonly string[] AllMethods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenSource _changed = new();
    private IReadOnlyList<Endpoint> _endpoints = [];
    private WebApplication _app = null!;

    /// <summary>The address of the server.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Forwards requests to workers (YARP).</summary>
    public IHttpForwarder Forwarder => _app.Services.GetRequiredService<IHttpForwarder>();

    /// <inheritdoc/>
    public override IReadOnlyList<Endpoint> Endpoints => _endpoints;

    /// <summary>Starts listening; requests wait until <see cref="Open"/>.</summary>
    /// <exception cref="StartException">The port is taken.</exception>
    public async Task StartAsync(int port, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxRequestBytes;
            kestrel.RequestHeaderEncodingSelector = kestrel.ResponseHeaderEncodingSelector = _ => Encoding.Latin1;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        builder.Services.AddHttpForwarder();
        _app = builder.Build();
        _app.Use(async (http, next) =>
        {
            if (ForeignRequests.Is(http.Request))
            {
                http.Response.StatusCode = StatusCodes.Status403Forbidden;
                await http.Response.WriteAsync(
                    "Refused: the host name is not localhost or 127.0.0.1, or a web page of another origin sent the request.");
                return;
            }

            await _ready.Task.WaitAsync(http.RequestAborted);
            await next(http);
        });
        _app.UseRouting();
        ((IEndpointRouteBuilder)_app).DataSources.Add(this);
        _app.UseEndpoints(_ => { });
        try
        {
            await _app.StartAsync(cancellation);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            throw new StartException(
                $"Port {port} is in use. Stop the program that uses it, or choose another port with --port.", exception);
        }

        Address = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    /// <summary>Adds the endpoints, and lets waiting requests continue.</summary>
    public void Open(IEnumerable<Function> functions, IJobHost host, IConfiguration settings, AccessKey key, ExtensionWebHooks webHooks)
    {
        var prefix = App.HostJson.RoutePrefix(settings);
        _endpoints =
        [
            .. functions.Where(function => function.IsHttp).Select(
                function => EndpointOf(function, RouteOf(function, prefix, settings), host, key)),
            webHooks.Endpoint(key),
            AdminEndpoint.Of(host, key, [.. functions]),
        ];
        Interlocked.Exchange(ref _changed, new CancellationTokenSource()).Cancel();
        _ready.TrySetResult();
    }

    /// <summary>The route of an HTTP function, with <c>%settings%</c> replaced by their values.</summary>
    public static string RouteOf(Function function, string prefix, IConfiguration settings)
    {
        var route = SettingName.Replace(function.Trigger.Text("route") ?? function.Name, match => settings[match.Groups["name"].Value]
            ?? throw new StartException(
                $"The route of the function {function.Name} needs the setting {match.Groups["name"].Value}, which is not set."));
        return $"{prefix}/{route.TrimStart('/')}".Trim('/');
    }

    /// <summary>The methods that an HTTP function accepts.</summary>
    public static string[] MethodsOf(Function function) =>
        function.Trigger.Get("methods")?.Values<string>().Select(method => method!.ToUpperInvariant()).ToArray() is { Length: > 0 } methods
            ? methods
            : AllMethods;

    /// <inheritdoc/>
    public override IChangeToken GetChangeToken() => new CancellationChangeToken(_changed.Token);

    public Task StopAsync(CancellationToken cancellation) => _app.StopAsync(cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _changed.Dispose();
        if (_app is not null)
            await _app.DisposeAsync();
    }

    private static Endpoint EndpointOf(Function function, string route, IJobHost host, AccessKey key)
    {
        var isOpen = string.Equals(function.Trigger.Text("authLevel"), "anonymous", StringComparison.OrdinalIgnoreCase);
        return Endpoint(function.Name, route, MethodsOf(function), async http =>
        {
            if (!isOpen && !key.Admits(http.Request))
            {
                http.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return;
            }

            try
            {
                await host.CallAsync(function.Name, new Dictionary<string, object> { [function.Trigger.Name] = http }, http.RequestAborted);
            }
            catch (Exception) when (!http.Response.HasStarted)
            {
                // The host's log has the reason. The caller gets only the status, so that no details leak.
                http.Response.StatusCode = StatusCodes.Status500InternalServerError;
            }
            catch (Exception) when (http.RequestAborted.IsCancellationRequested)
            {
                // The caller has disconnected.
            }
        });
    }

    /// <summary>Creates an endpoint for the given methods.</summary>
    /// <exception cref="StartException">The route has a mistake.</exception>
    public static Endpoint Endpoint(string name, string route, string[] methods, RequestDelegate run)
    {
        try
        {
            return new RouteEndpointBuilder(run, RoutePatternFactory.Parse(route), order: 0)
            {
                DisplayName = name,
                Metadata = { new HttpMethodMetadata(methods) },
            }.Build();
        }
        catch (RoutePatternException exception)
        {
            throw new StartException($"The route \"{route}\" of the function {name} cannot be used: {exception.Message}", exception);
        }
    }

    [GeneratedRegex("%(?<name>[^%]+)%", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SettingName { get; }
}
