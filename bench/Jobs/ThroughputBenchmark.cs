using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Darkroom.Simulator;

namespace Darkroom.Bench;

/// <summary>What a picture costs us, when upstream costs nothing.</summary>
internal sealed class ThroughputBenchmark : Benchmark
{
    private const int WarmUp = 200;
    private const int Pictures = 2000;
    private const int Callers = 96;

    public override string Name => "throughput";

    public override string About => $"{Pictures:#,0} small pictures, an instant upstream, 64 slots, Azurite on disk, the journal synced";

    public override async Task<IReadOnlyList<Result>> RunAsync()
    {
        await using var bench = await RunningApp.StartAsync(
            new SimulatorSettings { Speed = 0, Slots = 64 }, ("Darkroom__Slots", "64"), ("Darkroom__PollFloorSeconds", "0.05"));
        await RunAsync(bench, WarmUp);
        var (calls, processor, watch) = (bench.Storage.BlobCalls, bench.Host.ProcessorTime, Stopwatch.StartNew());
        var last = await RunAsync(bench, Pictures);
        var seconds = watch.Elapsed.TotalSeconds;
        calls = bench.Storage.BlobCalls - calls;
        var events = await EventsAsync(bench, last);
        return
        [
            Result.AtLeast("pictures", Pictures / seconds, 60, "/s"),
            // To a tenth: what was learned of times is written twice a minute, however many pictures there are.
            Result.AtMost("blob calls a picture", Math.Round((double)calls / Pictures, 1), 5, ""),
            Result.AtMost("history events a picture, the gate's share included", events, 40, ""),
            Result.Note("looks a picture", (double)bench.Upstream.Counters.Looks / (Pictures + WarmUp), ""),
            Result.Note("processor time of the app a picture", (bench.Host.ProcessorTime - processor).TotalMilliseconds / Pictures, "ms"),
            Result.Note("peak memory of the app", bench.Host.PeakMemory / 1e6, "MB"),
        ];
    }

    private static async Task<string> RunAsync(RunningApp bench, int count)
    {
        var begun = 0;
        var last = "";
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
        {
            while (Interlocked.Increment(ref begun) is var number && number <= count)
            {
                last = await bench.StartJobAsync(new { prompt = $"picture {number}", size = "64x64" });
                await bench.EndOfAsync(last);
            }
        }));
        return last;
    }

    // As rows of a durable history count: a task that is over is two, the scheduling and the end, and the API shows them as one.
    private static async Task<double> EventsAsync(RunningApp bench, string job)
    {
        var own = await RowsAsync(bench, job);
        // The gate begins anew now and then; what each beginning costs is shared by all messages of its life, so a young one is no measure.
        var gate = await RowsAsync(bench, "upstream-gate");
        for (var more = 0; gate.Messages < 60 && more < 30; more++)
        {
            await RunAsync(bench, 8);
            gate = await RowsAsync(bench, "upstream-gate");
        }

        return own.Rows + (2.0 * gate.Rows / Math.Max(1, gate.Messages));
    }

    private static async Task<(int Rows, int Messages)> RowsAsync(RunningApp bench, string instance)
    {
        var status = await bench.Http.GetFromJsonAsync<JsonObject>($"runtime/webhooks/durabletask/instances/{instance}?showHistory=true");
        var types = status!["historyEvents"]!.AsArray().Select(one => one!["EventType"]!.GetValue<string>()).ToArray();
        var twice = types.Count(type => type is "TaskCompleted" or "TaskFailed" or "TimerFired");
        // Each step has its own row at its beginning and its end, which the API leaves out: one for each thing that woke the code.
        var steps = 2 * (1 + types.Count(type => type is "TaskCompleted" or "TaskFailed" or "TimerFired" or "EventRaised"));
        return (types.Length + twice + steps, types.Count(type => type == "EventRaised"));
    }
}
