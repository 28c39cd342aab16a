using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Darkroom.EndToEnd.Telemetry.Otlp;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Darkroom.EndToEnd.Telemetry;

/// <summary>Receives what host and worker export over OTLP (http/protobuf).</summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Signal, byte[] Body)> _received = new();

    public OtlpReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.MapPost("/v1/{signal}", async (HttpContext context, string signal) =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            _received.Enqueue((signal, body.ToArray()));
        });
    }

    /// <summary>The address for OTEL_EXPORTER_OTLP_ENDPOINT.</summary>
    public string Url => _app.Urls.Single();

    /// <summary>Every received body as text; protobuf writes texts as they are.</summary>
    public IEnumerable<string> Texts => _received.Select(one => Encoding.UTF8.GetString(one.Body));

    /// <summary>All spans so far.</summary>
    public IReadOnlyList<ReceivedSpan> Spans =>
    [
        .. from body in BodiesOf("traces")
           from resource in TracesData.Parser.ParseFrom(body).ResourceSpans
           from scope in resource.ScopeSpans
           from span in scope.Spans
           select ReceivedSpan.Of(Attributes(resource.Resource), scope.Scope.Name, span),
    ];

    /// <summary>The metrics so far, each with the name of the service that sent it.</summary>
    public IReadOnlyCollection<(string? Service, string Name)> Metrics =>
    [
        .. (from body in BodiesOf("metrics")
            from resource in MetricsData.Parser.ParseFrom(body).ResourceMetrics
            from scope in resource.ScopeMetrics
            from metric in scope.Metrics
            select (Attributes(resource.Resource).GetValueOrDefault("service.name"), metric.Name)).Distinct(),
    ];

    /// <summary>The log lines so far, each with the trace that it belongs to.</summary>
    public IReadOnlyCollection<(string TraceId, string Text)> Logs =>
    [
        .. from body in BodiesOf("logs")
           from resource in LogsData.Parser.ParseFrom(body).ResourceLogs
           from scope in resource.ScopeLogs
           from line in scope.LogRecords
           select (Convert.ToHexString(line.TraceId.Span), line.Body.StringValue),
    ];

    public Task StartAsync() => _app.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>Waits until something has arrived, for at most a minute.</summary>
    public async Task UntilAsync(Func<OtlpReceiver, bool> hasArrived, string what)
    {
        ArgumentNullException.ThrowIfNull(hasArrived);
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var looks = 0; !hasArrived(this); looks++)
        {
            Assert.True(looks < 600, $"{what} did not arrive. Spans: {string.Join(", ", Spans.Select(span => span.Name).Distinct())}");
            await pace.WaitForNextTickAsync();
        }
    }

    internal static Dictionary<string, string> Attributes(Resource resource) => Attributes(resource.Attributes);

    internal static Dictionary<string, string> Attributes(IEnumerable<KeyValue> attributes) =>
        attributes.ToDictionary(one => one.Key, one => one.Value.StringValue, StringComparer.Ordinal);

    private IEnumerable<byte[]> BodiesOf(string signal) => _received.Where(one => one.Signal == signal).Select(one => one.Body);
}
