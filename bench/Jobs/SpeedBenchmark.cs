using System.Diagnostics;
using Darkroom.Simulator;

namespace Darkroom.Bench;

/// <summary>
/// Measures the time of a picture with a very fast upstream, alone and among fifty. A warm-up first lets the poll plan learn the duration.
/// </summary>
internal sealed class SpeedBenchmark : Benchmark
{
    private const int WarmUp = 25;
    private const int Alone = 20;
    private const int Together = 50;
    private const int Rounds = 3;

    public override string Name => "speed";

    public override string About => $"an upstream of 10 ms: {Alone} pictures one after the other, then {Rounds} times {Together} at once";

    public override async Task<IReadOnlyList<Result>> RunAsync()
    {
        await using var bench = await RunningApp.StartAsync(
            new SimulatorSettings { Seconds = 0.01, Slots = 64 }, ("Darkroom__Slots", "64"));
        var times = new List<double>();
        for (var number = 0; number < WarmUp + Alone; number++)
        {
            var watch = Stopwatch.StartNew();
            await bench.EndOfAsync(await bench.StartJobAsync(new { prompt = $"alone {number}", size = "64x64" }));
            times.Add(watch.Elapsed.TotalSeconds);
        }

        times.RemoveRange(0, WarmUp);
        times.Sort();
        var (processor, together) = (bench.Host.ProcessorTime, Stopwatch.StartNew());
        var rates = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            await Task.WhenAll(
                Enumerable.Range(0, Together).Select(
                    async number =>
                        await bench.EndOfAsync(await bench.StartJobAsync(new { prompt = $"{round} {number}", size = "64x64" }))));
            rates.Add(Together / watch.Elapsed.TotalSeconds);
        }

        processor = bench.Host.ProcessorTime - processor;
        return
        [
            Result.AtMost("one picture, p50", times[times.Count / 2], 0.5, "s"),
            Result.Note("one picture, p95", times[(int)(times.Count * 0.95)], "s"),
            Result.AtLeast($"{Together} at once, the best of {Rounds} rounds", rates.Max(), 6, "/s"),
            Result.Note($"{Together} at once, the first round", rates[0], "/s"),
            Result.Note("processor time of host and worker, per picture", processor.TotalMilliseconds / Together / Rounds, "ms"),
            Result.Note("share of all processors that they use", processor / together.Elapsed / Environment.ProcessorCount * 100, "%"),
            Result.Note("peak memory of host and worker", bench.Host.PeakMemory / 1e6, "MB"),
        ];
    }
}
