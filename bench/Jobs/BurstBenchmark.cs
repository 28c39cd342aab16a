using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Darkroom.Simulator;

namespace Darkroom.Bench;

/// <summary>Measures how soon many simultaneous jobs are all in the gate's queue, and how much memory they use while they wait.</summary>
internal sealed class BurstBenchmark : Benchmark
{
    private const int Jobs = 300;

    public override string Name => "burst";

    public override string About => $"{Jobs} jobs at once for one slot that is taken";

    public override async Task<IReadOnlyList<Result>> RunAsync()
    {
        await using var bench = await RunningApp.StartAsync(new SimulatorSettings { Seconds = 3600 });
        await bench.StartJobAsync(new { prompt = "ahead", size = "64x64" });
        await Task.Delay(TimeSpan.FromSeconds(2));
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(
            Enumerable.Range(0, Jobs).Select(number => bench.StartJobAsync(new { prompt = $"burst {number}", size = "64x64" })));
        var posted = watch.Elapsed.TotalSeconds;
        while ((await bench.Http.GetFromJsonAsync<JsonObject>("api/gate"))!["waiting"]!["interactive"]!.GetValue<int>() < Jobs)
            await Task.Delay(TimeSpan.FromMilliseconds(200));
        var heard = watch.Elapsed.TotalSeconds;
        return
        [
            Result.Note("all jobs are accepted after", posted, "s"),
            Result.AtMost("all jobs are in the queue after", heard, 60, "s"),
            Result.Note("peak memory of host and worker", bench.Host.PeakMemory / 1e6, "MB"),
        ];
    }
}
