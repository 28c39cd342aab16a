using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Darkroom.LocalHost.Hosting;

/// <summary>Listens for this machine, and for nobody else.</summary>
internal static class WebServer
{
    // What Functions takes.
    private const long MostRequestBytes = 100 << 20;

    public static void Configure(IWebHostBuilder web, int port)
    {
        web.ConfigureKestrel(kestrel =>
        {
            // Addresses from anywhere else could be reached from outside: those of the configuration are dropped, the rest is overridden.
            kestrel.Configure();
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MostRequestBytes;
            kestrel.Listen(IPAddress.Loopback, port);
        });
    }

    /// <summary>Once it listens: the port asked for, or the one that was free.</summary>
    public static int PortOf(WebApplication app) =>
        new Uri(app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First()).Port;
}
