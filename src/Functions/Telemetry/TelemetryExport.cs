using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Darkroom.Telemetry;

/// <summary>
/// Exports traces, metrics and logs: over OTLP when OTEL_EXPORTER_OTLP_ENDPOINT is set, and to Application Insights when its connection
/// string is set.
/// </summary>
public static class TelemetryExport
{
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string ConnectionString = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    /// <summary>Adds the exporters that the settings ask for.</summary>
    public static void Add(IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var isOtlp = builder.Configuration[OtlpEndpoint] is { Length: > 0 };
        var connection = builder.Configuration[ConnectionString] is { Length: > 0 } set ? set : null;
        if (!isOtlp && connection is null)
            return;

        var telemetry = builder.Services.AddOpenTelemetry()
            .UseFunctionsWorkerDefaults()
            .ConfigureResource(AppResource.Configure)
            .WithLogging(configureBuilder: null, logs => logs.IncludeFormattedMessage = true)
            .WithMetrics(metrics => metrics.AddMeter(Trace.Name))
            // The durable client sends the id of its span to the host when it starts an orchestration. Without a listener it has no span
            // and sends nothing, and the orchestration would not belong to the trace of the request.
            .WithTracing(traces => traces.AddSource(Trace.Name, SpanFilter.DurableSource).AddProcessor<SpanFilter>());
        if (isOtlp)
            telemetry.UseOtlpExporter();
        if (connection is not null)
            AzureMonitor.Add(telemetry, connection, builder.Configuration["AZURE_CLIENT_ID"]);
    }
}
