using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Darkroom.EndToEnd;

/// <summary>Checks what the app sends over OTLP.</summary>
[Trait(TestApp.Needs, TestApp.OwnApp)]
public sealed class TelemetryTests(TelemetryTests.Collector collector) : TestApp, IClassFixture<TelemetryTests.Collector>
{
    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Url,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "200",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "100",
    };

    [Fact]
    public async Task Export_Job_IsOneTraceAndContainsNoPrompt()
    {
        var prompt = NewPrompt("secretive");
        var job = await EndOfAsync(await PostAsync(new { prompt, size = "64x64" }));
        Assert.Equal("succeeded", StatusOf(job));

        foreach (var (path, words) in new[]
        {
            ("/v1/traces", new[] { "accept", "submit", "collect", IdOf(job) }),
            (
                "/v1/metrics",
                [
                    "darkroom.jobs.finished",
                    "darkroom.queue.time",
                    "darkroom.upstream.time",
                    "darkroom.polls",
                    "darkroom.pictures.saved",
                    "darkroom.slots.utilisation"]
                ),
            ("/v1/logs", [IdOf(job)]),
        })
        {
            foreach (var word in words)
                Assert.True(await ReceivesAsync(path, word), $"{path} has no {word}");
        }

        var all = collector.Received.Select(one => Encoding.UTF8.GetString(one.Body)).ToArray();
        Assert.DoesNotContain(all, text => text.Contains(prompt, StringComparison.Ordinal));
        Assert.All(all, text => Leaks.AssertNone(Leaks.Find(text)));
        // All spans of the job must belong to the same trace.
        var traces = collector.Received.Where(one => one.Path == "/v1/traces").SelectMany(one => TraceIds(one.Body)).ToArray();
        Assert.True(traces.Length >= 3);
        Assert.Single(traces.Distinct());
    }

    private async Task<bool> ReceivesAsync(string path, string word)
    {
        var until = DateTime.UtcNow.AddSeconds(20);
        while (DateTime.UtcNow < until)
        {
            if (collector.Received.Any(
                    one => one.Path == path && Encoding.UTF8.GetString(one.Body).Contains(word, StringComparison.Ordinal)))
                return true;
            // The export runs on the app's own timer. This request only passes the time until then.
            await Http.GetAsync("api/health/live");
        }

        return false;
    }

    private static IEnumerable<string> TraceIds(byte[] body)
    {
        for (var at = 0; at + 28 < body.Length; at++)
        {
            // In the protobuf of a span, field 1 is the trace id (16 bytes) and field 2 the span id (8 bytes). Each follows a tag and a
            // length.
            if (body[at] == 0x0A && body[at + 1] == 16 && body[at + 18] == 0x12 && body[at + 19] == 8)
                yield return Convert.ToHexString(body, at + 2, 16);
        }
    }

    /// <summary>Receives the OTLP export.</summary>
    public sealed class Collector : IAsyncLifetime
    {
        private readonly WebApplication _app;

        public Collector()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
            _app = builder.Build();
            _app.MapPost("/v1/{kind}", async (HttpContext context) =>
            {
                using var body = new MemoryStream();
                await context.Request.Body.CopyToAsync(body);
                Received.Enqueue((context.Request.Path, body.ToArray()));
            });
        }

        public ConcurrentQueue<(string Path, byte[] Body)> Received { get; } = new();

        public string Url => _app.Urls.Single();

        public async ValueTask InitializeAsync() => await _app.StartAsync();

        public ValueTask DisposeAsync() => _app.DisposeAsync();
    }
}
