using System.Diagnostics;
using System.Globalization;

namespace Darkroom.Bench;

/// <summary>What a hundred thousand instances cost: finished ones to open and to ask, waiting ones to keep. Measured in processes of their own.</summary>
internal sealed class CapacityBenchmark : Benchmark
{
    private const int Count = 100_000;

    public override string Name => "capacity";

    public override string About => $"LocalHost with {Count:#,0} instances";

    public override async Task<IReadOnlyList<Result>> RunAsync()
    {
        var directory = Directory.CreateTempSubdirectory("darkroom-bench-").FullName;
        try
        {
            await Fill(Path.Combine(directory, "finished"), nameof(BenchFunctions.HelloCities), waitForEnd: true);
            var finished = await MeasureAsync("--measure-finished", Path.Combine(directory, "finished"));
            await Fill(Path.Combine(directory, "waiting"), nameof(BenchFunctions.WaitAnHour), waitForEnd: false);
            var waiting = await MeasureAsync("--measure-waiting", Path.Combine(directory, "waiting"));
            return
            [
                Result.AtMost("finished: reopen", finished[0], 5, "s"),
                Result.AtMost("finished: memory of the process", finished[1], 600, "MB"),
                Result.AtMost("finished: a status query with inputs and outputs", finished[2], 1, "ms"),
                Result.AtMost("waiting for a timer in an hour: memory of the process", waiting[1], 300, "MB"),
                Result.AtMost("waiting for a timer in an hour: processor time over 5 s", waiting[3], 100, "ms"),
            ];
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>The other process: opens what is there, and prints what that took.</summary>
    public static async Task MeasureHereAsync(string directory)
    {
        var watch = Stopwatch.StartNew();
        await using var app = await BenchApp.StartAsync(directory);
        var reopened = watch.Elapsed.TotalSeconds;
        var ids = new List<string>();
        await foreach (var page in app.Client.GetAllInstancesAsync().AsPages())
        {
            ids.AddRange(page.Values.Select(instance => instance.InstanceId));
            if (ids.Count >= 1000)
                break;
        }

        foreach (var id in ids.Take(100))
            await app.Client.GetInstanceAsync(id, getInputsAndOutputs: true);
        watch.Restart();
        foreach (var id in ids)
            await app.Client.GetInstanceAsync(id, getInputsAndOutputs: true);
        var query = watch.Elapsed.TotalMilliseconds / ids.Count;

        GC.Collect();
        using var self = Process.GetCurrentProcess();
        var before = self.TotalProcessorTime;
        await Task.Delay(TimeSpan.FromSeconds(5)); // what is measured is a rest
        self.Refresh();
        var busy = (self.TotalProcessorTime - before).TotalMilliseconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{reopened} {self.WorkingSet64 / 1e6} {query} {busy}"));
    }

    private static async Task Fill(string directory, string name, bool waitForEnd)
    {
        await using var app = await BenchApp.StartAsync(directory);
        if (waitForEnd)
        {
            await app.RunManyAsync(name, Count, 1000);
            return;
        }

        string last = "";
        foreach (var chunk in Enumerable.Range(0, Count).Chunk(1000))
            last = (await Task.WhenAll(chunk.Select(_ => app.Client.ScheduleNewOrchestrationInstanceAsync(name))))[^1];
        await app.Client.WaitForInstanceStartAsync(last);
    }

    private static async Task<double[]> MeasureAsync(string what, string directory)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [Path.Combine(AppContext.BaseDirectory, "Darkroom.Bench.dll"), what, directory]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return [.. output.Trim().Split('\n')[^1].Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
    }
}
