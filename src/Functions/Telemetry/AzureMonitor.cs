using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Darkroom.Telemetry;

/// <summary>Exports to Application Insights with the identity of the app, because the component accepts no keys.</summary>
internal static class AzureMonitor
{
    /// <summary>Adds the exporters of traces, metrics and logs.</summary>
    public static void Add(IOpenTelemetryBuilder telemetry, string connection, string? clientId)
    {
        var identity = new ManagedIdentityCredential(
            clientId is { Length: > 0 } ? ManagedIdentityId.FromUserAssignedClientId(clientId) : ManagedIdentityId.SystemAssigned);
        telemetry
            .WithMetrics(metrics => metrics.AddAzureMonitorMetricExporter(Configure, identity))
            .WithTracing(
                traces => traces.AddAzureMonitorTraceExporter(Configure, identity)
                    // The exporter's sampler decides by itself how many traces per second it keeps. The host has already decided that for
                    // each request, and the worker follows the host, so that a trace is complete or absent.
                    .SetSampler(new ParentBasedSampler(new AlwaysOnSampler())))
            .WithLogging(logs => logs.AddAzureMonitorLogExporter(Configure, identity));

        void Configure(AzureMonitorExporterOptions options)
        {
            options.ConnectionString = connection;
            // Every line is kept, also of a trace that is not: a line may be the only record of the reason of a failure.
            options.EnableTraceBasedLogsSampler = false;
        }
    }
}
