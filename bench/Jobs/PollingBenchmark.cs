using System.Text.Json.Nodes;
using Darkroom.Simulator;

namespace Darkroom.Bench;

/// <summary>When to look: the learned plan against fixed loops, side by side in one run, in real time.</summary>
internal sealed class PollingBenchmark : Benchmark
{
    private const int Pictures = 20;
    private static readonly SimulatorSettings Upstream = new() { Seconds = 5.8, Spread = 0.2, Slots = 1 };

    public override string Name => "polling";

    public override string About => $"{Pictures} pictures of 5.8 s ± 20% through one slot, against loops that look every 2, 3 and 5 s";

    public override async Task<IReadOnlyList<Result>> RunAsync()
    {
        // They rest nearly all the time, so they can run at once.
        var plan = MeasureAsync(null);
        var loops = new[] { 2, 3, 5 }.Select(async seconds => (seconds, await MeasureAsync(seconds))).ToArray();
        var ours = await plan;
        var results = new List<Result>
        {
            Result.AtLeast("slot utilisation", 100 * ours.Utilisation, 92, "%"),
            Result.AtMost("lag, from the task's end to the safe picture, p50", ours.Lag50, 0.4, "s"),
            Result.Note("lag p95", ours.Lag95, "s"),
            Result.AtMost("looks a picture", ours.Looks, 3.2, ""),
            Result.AtMost("from a freed slot to the next submit upstream, p50", ours.Handover50, 50, "ms"),
            Result.Note("pictures a minute", ours.PerMinute, "/min"),
        };
        foreach (var (seconds, loop) in await Task.WhenAll(loops))
        {
            results.Add(Result.AtLeast($"pictures a minute, against a loop of {seconds} s", ours.PerMinute / loop.PerMinute, 1, "times"));
            results.Add(Result.Note($"loop of {seconds} s: utilisation", 100 * loop.Utilisation, "%"));
            results.Add(Result.Note($"loop of {seconds} s: lag p50", loop.Lag50, "s"));
            results.Add(Result.Note($"loop of {seconds} s: lag p95", loop.Lag95, "s"));
            results.Add(Result.Note($"loop of {seconds} s: looks a picture", loop.Looks, ""));
        }

        return results;
    }

    private static async Task<Measured> MeasureAsync(int? loop)
    {
        (string, string)[] settings = loop is { } seconds ? [("MODELSCOPE_IMAGE_POLL_INTERVAL", $"{seconds}")] : [];
        await using var bench = await RunningApp.StartAsync(Upstream, settings);
        var ids = new List<string>();
        for (var number = 0; number < Pictures; number++)
            ids.Add(await bench.StartJobAsync(new { prompt = $"picture {number}", size = "1024x1024" }));
        var jobs = new List<JsonObject>();
        foreach (var id in ids)
            jobs.Add(await bench.EndOfAsync(id));

        var tasks = bench.Upstream.Tasks.All.ToDictionary(task => task.Id);
        var lags = jobs.Select(job => (EndOf(job) - tasks[job["upstream"]![0]!["taskId"]!.GetValue<string>()].EndsAt.UtcDateTime).TotalSeconds).Order().ToArray();
        var all = (jobs.Max(EndOf) - tasks.Values.Min(task => task.BeginsAt).UtcDateTime).TotalSeconds;
        // Each slot is freed at the end of a job, and the next task begins with its submit.
        var begins = tasks.Values.Select(task => task.BeginsAt.UtcDateTime).Order().Skip(1).ToArray();
        var handovers = jobs.Select(EndOf).Order().SkipLast(1).Zip(begins, (freed, begun) => (begun - freed).TotalMilliseconds).Order().ToArray();
        return new Measured(
            tasks.Values.Sum(task => (task.EndsAt - task.BeginsAt).TotalSeconds) / all, 60 * Pictures / all, lags[lags.Length / 2], lags[(int)(lags.Length * 0.95)],
            jobs.Average(job => job["progress"]!["polls"]!.GetValue<int>()), handovers[handovers.Length / 2]);
    }

    private static DateTime EndOf(JsonObject job) => job["timeline"]!.AsArray()[^1]!["at"]!.GetValue<DateTime>().ToUniversalTime();

    private sealed record Measured(double Utilisation, double PerMinute, double Lag50, double Lag95, double Looks, double Handover50);
}
