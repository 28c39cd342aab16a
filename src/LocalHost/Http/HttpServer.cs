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
using Microsoft.Azure.WebJobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Forwarder;

namespace Darkroom.LocalHost.Http;

/// <summary>
/// The public address: the app's HTTP functions and the web hooks of its extensions. It listens on 127.0.0.1 only. Requests that come
/// before the app is ready wait.
/// </summary>
internal sealed partial class HttpServer : EndpointDataSource, IAsyncDisposable
{
    // As Azure Functions has it.
    private const long MaxRequestBytes = 104_857_600;
    private static readonly string[] AllMethods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenSource _changed = new();
    private IReadOnlyList<Endpoint> _endpoints = [];
    private WebApplication _app = null!;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Sends requests on to workers.</summary>
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
                    "This host answers on its own machine only, as localhost or 127.0.0.1, and not to pages of others.");
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

    /// <summary>Lets requests in.</summary>
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

    /// <summary>The route of an HTTP function, with settings filled in.</summary>
    public static string RouteOf(Function function, string prefix, IConfiguration settings)
    {
        var route = SettingName.Replace(function.Trigger.Text("route") ?? function.Name, match => settings[match.Groups["name"].Value]
            ?? throw new StartException(
                $"The route of the function {function.Name} needs the setting {match.Groups["name"].Value}, which is not set."));
        return $"{prefix}/{route.TrimStart('/')}".Trim('/');
    }

    /// <summary>The methods that an HTTP function takes.</summary>
    public static string[] MethodsOf(Function function) =>
        function.Trigger.Get("methods")?.Values<string>().Select(method => method!.ToUpperInvariant()).ToArray() is { Length: > 0 } methods
            ? methods
            : AllMethods;

    /// <inheritdoc/>
    public override IChangeToken GetChangeToken() => new CancellationChangeToken(_changed.Token);

    /// <summary>Stops taking requests.</summary>
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
                // The host's log says why; a caller learns no more than that it failed.
                http.Response.StatusCode = StatusCodes.Status500InternalServerError;
            }
            catch (Exception) when (http.RequestAborted.IsCancellationRequested)
            {
                // Nobody is there any more.
            }
        });
    }

    /// <summary>An endpoint for some methods.</summary>
    public static Endpoint Endpoint(string name, string route, string[] methods, RequestDelegate run) =>
        new RouteEndpointBuilder(run, Microsoft.AspNetCore.Routing.Patterns.RoutePatternFactory.Parse(route), order: 0)
        {
            DisplayName = name,
            Metadata = { new HttpMethodMetadata(methods) },
        }.Build();

    [GeneratedRegex("%(?<name>[^%]+)%", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SettingName { get; }
}
