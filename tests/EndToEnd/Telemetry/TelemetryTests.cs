namespace Darkroom.EndToEnd.Telemetry;

/// <summary>Checks the metrics, the log lines and the description of the process that the worker exports.</summary>
[Trait(TestApp.Needs, TestApp.OwnApp)]
[Collection(TelemetryApp.Name)]
public sealed class TelemetryTests(TelemetryApp app)
{
    private const string Worker = "Darkroom.Functions";

    [Fact]
    public async Task Resource_OfTheWorker_HasVersionAndInstance()
    {
        var trace = await app.TraceOfPictureAsync();
        var resource = trace.First(span => span.Service == Worker).Resource;
        Assert.StartsWith("1.", resource["service.version"], StringComparison.Ordinal);
        Assert.Equal(Environment.MachineName, resource["service.instance.id"]);
    }

    [Fact]
    public async Task Log_OfAJob_BelongsToItsTrace()
    {
        var trace = await app.TraceOfPictureAsync();
        var job = trace.First(span => span.Name == "accept").Attributes["darkroom.job"];
        await app.Receiver.UntilAsync(
            receiver => receiver.Logs.Any(line => line.Text.Contains(job, StringComparison.Ordinal) && line.TraceId == trace[0].TraceId),
            "A log line with the trace of the job");
    }

    [Fact]
    public async Task Metrics_OnePicture_Arrive()
    {
        await app.TraceOfPictureAsync();
        foreach (var name in new[]
        {
            "darkroom.jobs.finished", "darkroom.queue.time", "darkroom.upstream.time", "darkroom.polls", "darkroom.pictures.saved",
            "darkroom.slots.utilisation",
        })
            await ArrivesAsync(name);
    }

    [Theory]
    [InlineData("GateKeeper", "darkroom.heartbeat")]
    [InlineData("Retention", "darkroom.retention.runs")]
    [InlineData("Retention", "darkroom.retention.purged")]
    public async Task Metrics_Timer_ArriveFromAnIdleApp(string timer, string metric)
    {
        using var run = await app.SendAsync(HttpMethod.Post, $"admin/functions/{timer}", new { });
        run.EnsureSuccessStatusCode();
        await ArrivesAsync(metric);
    }

    [Fact]
    public async Task Metrics_OutOfCredits_ContainTheBalance()
    {
        var usual = app.Upstream.Settings;
        app.Upstream.Settings = usual with { Credits = 0 };
        var job = await app.PostAsync(new { prompt = TestApp.NewPrompt(TelemetryApp.Secret), size = "64x64" });
        await ArrivesAsync("darkroom.credits");
        app.Upstream.Settings = usual;
        Assert.Equal("succeeded", TestApp.StatusOf(await app.EndOfAsync(job)));
    }

    private Task ArrivesAsync(string metric) => app.Receiver.UntilAsync(receiver => receiver.Metrics.Contains((Worker, metric)), metric);
}
