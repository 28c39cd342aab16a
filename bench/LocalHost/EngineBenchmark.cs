using System.Diagnostics;

namespace Darkroom.Bench;

/// <summary>How fast orchestrations are run, every step of them synced to disk, beside a log that syncs each record by itself.</summary>
internal sealed class EngineBenchmark : Benchmark
{
    private const int InFlight = 1000;

    // Started, six steps of which the last is the end: so many records make one hello-cities.
    private const int RecordsEach = 7;

    public override string Name => "engine";

    public override string About => "LocalHost with durability on: hello-cities (five activities one after the other) and fan-out";

    public override async Task<IReadOnlyList<Result>> RunAsync()
    {
        var directory = Directory.CreateTempSubdirectory("darkroom-bench-").FullName;
        try
        {
            await using var app = await BenchApp.StartAsync(directory);
            // The first ones teach the compiler.
            await app.RunManyAsync(nameof(BenchFunctions.HelloCities), 3000, InFlight);
            var synced = SyncsPerSecond(directory);
            var alone = await AloneAsync(app);
            var many = await ManyAsync(app);
            var fan = new Dictionary<int, double>();
            foreach (var width in new[] { 100, 100, 1000, 1000, 10_000, 10_000 })
                fan[width] = Math.Min(fan.GetValueOrDefault(width, double.MaxValue), await SecondsAsync(() => app.RunAsync(nameof(BenchFunctions.FanOut), width)));

            return
            [
                Result.AtLeast($"hello-cities with {InFlight} in flight", many, 3000, "/s"),
                Result.AtLeast("against one sync for each record, on this disk", many / (synced / RecordsEach), 1, "times"),
                Result.AtMost("hello-cities alone, end to end, p50", alone, 5, "ms"),
                Result.AtMost("fan-out of 10,000 activities in one orchestration", fan[10_000], 3, "s"),
                Result.AtMost("an event of it, against one of a fan-out of 1,000", fan[10_000] / 10_000 / (fan[1000] / 1000), 3, "times"),
                Result.Note("hello-cities on Durable with Azure Storage, published, one node", 48, "/s"),
                Result.Note("hello-cities on Durable with Netherite, published", 339, "/s"),
            ];
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<double> AloneAsync(BenchApp app)
    {
        var times = new double[400];
        for (var i = 0; i < times.Length; i++)
            times[i] = await SecondsAsync(() => app.RunAsync(nameof(BenchFunctions.HelloCities)));
        Array.Sort(times);
        return times[times.Length / 2] * 1000;
    }

    private static async Task<double> ManyAsync(BenchApp app)
    {
        const int count = 15_000;
        var best = 0.0;
        for (var round = 0; round < 3; round++)
            best = Math.Max(best, count / await SecondsAsync(() => app.RunManyAsync(nameof(BenchFunctions.HelloCities), count, InFlight)));
        return best;
    }

    private static double SyncsPerSecond(string directory)
    {
        const int count = 500;
        using var file = File.OpenHandle(Path.Combine(directory, "baseline"), FileMode.Create, FileAccess.Write);
        var record = new byte[200];
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < count; i++)
        {
            RandomAccess.Write(file, record, i * record.Length);
            RandomAccess.FlushToDisk(file);
        }

        return count / watch.Elapsed.TotalSeconds;
    }

    private static async Task<double> SecondsAsync(Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed.TotalSeconds;
    }
}
