namespace Darkroom.EndToEnd.Telemetry;

/// <summary>Checks which spans of host and worker form one trace.</summary>
[Trait(TestApp.Needs, TestApp.OwnApp)]
[Collection(TelemetryApp.Name)]
public sealed class TraceTests(TelemetryApp app)
{
    private const string Host = "Darkroom.LocalHost";
    private const string Worker = "Darkroom.Functions";

    [Fact]
    public async Task Trace_OnePicture_LeadsFromTheRequestToTheActivities()
    {
        var trace = await app.TraceOfPictureAsync();
        string[] start =
        [
            $"POST api/images [Server, {Host}]",
            $"function PostImages [Internal, {Worker}]",
            $"accept [Internal, {Worker}]",
            $"create_orchestration:GenerateImage [Producer, {Worker}]",
            $"create_orchestration:GenerateImage@1 [Producer, {Host}]",
            $"orchestration:GenerateImage@(1) [Server, {Host}]",
        ];
        foreach (var (step, activity) in new[] { ("submit", "SubmitTask"), ("collect", "PollTask") })
        {
            string[] path =
            [
                .. start,
                $"activity:{activity}@(1) [Client, {Host}]",
                $"activity:{activity}@(1) [Server, {Host}]",
                $"function {activity} [Internal, {Worker}]",
                $"{step} [Internal, {Worker}]",
            ];
            Assert.Equal(path, PathTo(trace, trace.First(span => span.Name == step)));
        }

        app.AssertNoSecrets();
    }

    [Fact]
    public async Task Trace_OnePicture_HasOneRequestAndNoRepeatedSpans()
    {
        var trace = await app.TraceOfPictureAsync();
        Assert.Equal("POST api/images", Assert.Single(trace, span => span.Attributes.ContainsKey("http.request.method")).Name);
        // The engine's own spans are of the kind Server too: one for each orchestration and activity.
        Assert.All(
            trace.Where(span => span.Kind is "Server" or "Consumer" && span.Name != "POST api/images"),
            span => Assert.Equal(("DurableTask.Core", Host), (span.Source, span.Service)));
        // The gate has a trace of its own, whichever request starts it.
        Assert.Equal("", app.Receiver.Spans.First(span => span.Name == "create_orchestration:UpstreamGate").ParentId);
        Assert.DoesNotContain(trace, span => span.Service == Worker && span.Name is "function GenerateImage" or "orchestration_event:gate");
    }

    [Fact]
    public async Task Trace_BatchItem_IsItsOwnAndLinksToTheBatch()
    {
        var lines = Enumerable.Range(1, 2).Select(n => $$"""{"prompt":"{{TelemetryApp.Secret}} {{n}}","size":"64x64"}""");
        var batch = await app.EndOfBatchAsync(await app.PostBatchAsync(string.Join('\n', lines)));
        Assert.Equal(2, batch["counts"]!["succeeded"]!.GetValue<int>());
        await app.Receiver.UntilAsync(receiver => Items(receiver).Length == 2, "The items of the batch");
        var (first, second) = (Items(app.Receiver)[0], Items(app.Receiver)[1]);
        Assert.Equal(("", ""), (first.ParentId, second.ParentId));
        Assert.NotEqual(first.TraceId, second.TraceId);
        Assert.Equal(first.Links.Single(), second.Links.Single());
        await app.Receiver.UntilAsync(
            receiver => receiver.Spans.Any(span => span.Name == "POST api/batches" && span.TraceId == first.Links[0]),
            "The request of the batch");
        Assert.Contains(await app.TraceOfAsync(first.Attributes["darkroom.job"]), span => span.Name == "collect");
    }

    [Fact]
    public async Task Trace_QueueMessage_BeginsWithTheTrigger()
    {
        var id = Guid.NewGuid().ToString("N");
        var queue = await app.QueueAsync("darkroom-jobs");
        await queue.SendMessageAsync($$"""{"id":"{{id}}","prompt":"{{TelemetryApp.Secret}}","size":"64x64"}""");
        var trace = await app.TraceOfAsync(id);
        Assert.Equal($"QueuedJobs [Server, {Host}]", $"{Assert.Single(trace, span => span.ParentId.Length == 0)}");
        Assert.Contains(trace, span => span.Name == "collect");
    }

    [Fact]
    public async Task Trace_HostAndWorkerKilled_IsContinued()
    {
        var usual = app.Upstream.Settings;
        app.Upstream.Settings = usual with { Seconds = 3600, Speed = 1 };
        var job = await app.PostAsync(new { prompt = TestApp.NewPrompt(TelemetryApp.Secret), size = "64x64" });
        await app.UntilAsync(job, now => TestApp.StatusOf(now) == "generating");
        // What a killed process has not exported yet is lost.
        await app.Receiver.UntilAsync(
            _ => app.SpansOf(job).Any(span => span.Name == "submit") && app.SpansOf(job).Any(span => span.Name == "POST api/images"),
            "The spans up to the submit");
        await app.CrashAsync();
        app.Upstream.Settings = usual;
        app.Upstream.Tasks.FinishAll();
        Assert.Equal("succeeded", TestApp.StatusOf(await app.EndOfAsync(job)));
        await app.Receiver.UntilAsync(
            _ => app.SpansOf(job) is var trace && trace.LastOrDefault(span => span.Name == "collect") is { } last
                && PathTo(trace, last)[0].StartsWith("POST api/images", StringComparison.Ordinal),
            "A span of the second process in the trace of the request");
    }

    private static string[] PathTo(IReadOnlyList<ReceivedSpan> trace, ReceivedSpan span)
    {
        var path = new Stack<string>();
        for (var at = span; at is not null; at = trace.FirstOrDefault(parent => parent.Id == at.ParentId))
            path.Push($"{at}");
        return [.. path];
    }

    private static ReceivedSpan[] Items(OtlpReceiver receiver) =>
        [.. receiver.Spans.Where(span => span is { Name: "accept", Links.Count: > 0 })];
}
