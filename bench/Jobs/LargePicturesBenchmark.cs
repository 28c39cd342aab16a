using Darkroom.Simulator;

namespace Darkroom.Bench;

/// <summary>Checks that large pictures are streamed and not held in memory.</summary>
internal sealed class LargePicturesBenchmark : Benchmark
{
    private const int Pictures = 32;

    public override string Name => "large";

    public override string About => $"{Pictures} pictures of 49 MiB at once";

    public override async Task<IReadOnlyList<Result>> RunAsync()
    {
        await using var bench = await RunningApp.StartAsync(new SimulatorSettings { Speed = 0, Slots = 64 }, ("Darkroom__Slots", "64"));
        bench.Upstream.Scenarios.Assign("fifty-megabytes");
        var ids = await Task.WhenAll(
            Enumerable.Range(0, Pictures).Select(number => bench.StartJobAsync(new { prompt = $"large {number}", size = "64x64" })));
        var jobs = await Task.WhenAll(ids.Select(bench.EndOfAsync));
        return
        [
            Result.AtMost("peak memory of the app", bench.Host.PeakMemory / 1e6, 300, "MB"),
            Result.Note(
                "pictures saved", jobs.Sum(job => job["images"]!.AsArray().Sum(image => image!["bytes"]!.GetValue<long>())) / 1e6, "MB"),
        ];
    }
}
