using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Darkroom.Telemetry;

/// <summary>Exports traces, metrics and logs over OTLP when OTEL_EXPORTER_OTLP_ENDPOINT is set.</summary>
public static class TelemetryExport
{
    private const string EndpointSetting = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Adds the OTLP exporters, and those that the caller passes.</summary>
    /// <param name="builder">The app.</param>
    /// <param name="metrics">More exporters of metrics.</param>
    /// <param name="traces">More exporters of traces.</param>
    public static void Add(IHostApplicationBuilder builder, Action<MeterProviderBuilder>? metrics, Action<TracerProviderBuilder>? traces)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var isOtlp = builder.Configuration[EndpointSetting] is { Length: > 0 };
        if (isOtlp)
            builder.Logging.AddOpenTelemetry(logs => logs.AddOtlpExporter());
        if (!isOtlp && metrics is null && traces is null)
            return;

        builder.Services.AddSingleton(
            _ =>
                Sdk.CreateMeterProviderBuilder().AddMeter(Trace.Name).With(isOtlp, meter => meter.AddOtlpExporter()).With(metrics).Build());
        builder.Services.AddSingleton(
            _ =>
                Sdk.CreateTracerProviderBuilder()
                    .AddSource(Trace.Name)
                    .With(isOtlp, tracer => tracer.AddOtlpExporter())
                    .With(traces)
                    .Build());
        builder.Services.AddHostedService<Export>();
    }

    private static T With<T>(this T builder, bool isWanted, Action<T> add)
    {
        if (isWanted)
            add(builder);
        return builder;
    }

    private static T With<T>(this T builder, Action<T>? add)
    {
        add?.Invoke(builder);
        return builder;
    }

    // Creating the providers starts them, so StartAsync has nothing to do. StopAsync sends what is left.
    private sealed class Export(MeterProvider metrics, TracerProvider traces) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            metrics.ForceFlush();
            traces.ForceFlush();
            return Task.CompletedTask;
        }
    }
}
