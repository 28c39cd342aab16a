using System.Text.Json.Nodes;

namespace Darkroom.EndToEnd.Telemetry;

/// <summary>The app with an OTLP endpoint in the test. Host and worker export to it.</summary>
public sealed class TelemetryApp : TestApp
{
    public const string Name = "telemetry";

    /// <summary>A word in every prompt of these tests. It must not be exported.</summary>
    public const string Secret = "whispered";

    public OtlpReceiver Receiver { get; } = new();

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Receiver.Url,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "200",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "100",
    };

    public override async ValueTask InitializeAsync()
    {
        await Receiver.StartAsync();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        AssertNoSecrets();
        await Receiver.DisposeAsync();
    }

    /// <summary>Fails if the token, a link of the picture host or a prompt was exported.</summary>
    public void AssertNoSecrets()
    {
        foreach (var text in Receiver.Texts)
        {
            Leaks.AssertNone(Leaks.FindInLog(text));
            Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
        }
    }

    /// <summary>Makes one picture, and returns the spans of its trace when the last of them has arrived.</summary>
    public async Task<IReadOnlyList<ReceivedSpan>> TraceOfPictureAsync()
    {
        var job = await EndOfAsync(await PostAsync(new { prompt = NewPrompt(Secret), size = "64x64" }));
        Assert.Equal("succeeded", StatusOf(job));
        return await TraceOfAsync(IdOf(job));
    }

    /// <summary>The spans of the trace of a job that has ended.</summary>
    public async Task<IReadOnlyList<ReceivedSpan>> TraceOfAsync(string job)
    {
        // The span of the orchestration is exported at its end. Its ancestors may come later, from the other process.
        await Receiver.UntilAsync(
            _ => SpansOf(job) is { Length: > 0 } spans && spans.Any(span => IsOrchestration(span, job)) && IsWhole(spans),
            $"The trace of job {job}");
        return SpansOf(job);
    }

    /// <summary>The spans of the trace of a job that have arrived so far.</summary>
    public ReceivedSpan[] SpansOf(JsonObject job) => SpansOf(IdOf(job));

    private ReceivedSpan[] SpansOf(string job)
    {
        var spans = Receiver.Spans;
        var trace = spans.FirstOrDefault(span => span.Name == "accept" && span.Attributes["darkroom.job"] == job)?.TraceId;
        return [.. spans.Where(span => span.TraceId == trace)];
    }

    private static bool IsOrchestration(ReceivedSpan span, string job) =>
        span is { Source: "DurableTask.Core", Kind: "Server" } && span.Attributes["durabletask.task.instance_id"] == job
            && span.Attributes["durabletask.type"] == "orchestration";

    private static bool IsWhole(ReceivedSpan[] spans)
    {
        var ids = spans.Select(span => span.Id).ToHashSet();
        return spans.All(span => span.ParentId.Length == 0 || ids.Contains(span.ParentId));
    }
}

[CollectionDefinition(TelemetryApp.Name)]
public sealed class TelemetryAppUsers : ICollectionFixture<TelemetryApp>;
