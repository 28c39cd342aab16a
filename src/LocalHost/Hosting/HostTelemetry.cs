using Darkroom.LocalHost.App;
using Microsoft.Azure.WebJobs.Host.Abstractions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Darkroom.LocalHost.Hosting;

/// <summary>
/// Exports the traces of the host over OTLP, as the Functions host does when host.json has <c>telemetryMode</c> "OpenTelemetry" and
/// OTEL_EXPORTER_OTLP_ENDPOINT is set.
/// </summary>
internal static class HostTelemetry
{
    // The sources of the Functions host that exist here: orchestrations and activities, and functions with other triggers than HTTP.
    private static readonly string[] Sources = ["DurableTask.*", "WebJobs.Extensions.DurableTask", TriggerSpans.SourceName];

    /// <summary>Adds the export. <paramref name="port"/> is the port of the app; the host's other servers are not traced.</summary>
    public static void Add(IServiceCollection services, IConfiguration configuration, int port)
    {
        if (!string.Equals(configuration[$"{HostJson.Section}:telemetryMode"], "OpenTelemetry", StringComparison.OrdinalIgnoreCase)
                || string.IsNullOrWhiteSpace(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            return;
        services.AddSingleton<IActivitySourceAbstraction, TriggerSpans>();
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource
                .AddService("Darkroom.LocalHost", autoGenerateServiceInstanceId: false)
                .AddEnvironmentVariableDetector())
            .UseOtlpExporter()
            .WithTracing(
                traces => traces.AddSource(Sources).AddAspNetCoreInstrumentation(
                    options => options.Filter = http => http.Connection.LocalPort == port));
    }
}
