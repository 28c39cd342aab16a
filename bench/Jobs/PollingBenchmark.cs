using System.Text.Json.Nodes;
using Darkroom.Simulator;

namespace Darkroom.Bench;

/// <summary>Compares the learned poll plan with fixed polling intervals, in one run and in real time.</summary>
internal sealed class PollingBenchmark : Benchmark
{
    private const int Pictures = 24;
    private static readonly SimulatorSettings Upstream = new() { Seconds = 5.8, Spread = 0.2, Slots = 1 };

    public override string Name => "polling";

    public override string About => $"{Pictures} pictures of 5.8 s ± 20% through one slot, against loops that look every 2, 3 and 5 s";

    public override async Task<IReadOnlyList<Result>> RunAsync()
    {
        // Two run at once, because they are idle most of the time.
        var (plan, five) = (MeasureAsync(null), MeasureAsync(5));
        var (ours, slow) = (await plan, await five);
        var (two, three) = (MeasureAsync(2), MeasureAsync(3));
        var results = new List<Result>
        {
            Result.AtLeast("slot utilisation", 100 * ours.Utilisation, 90, "%"),
            Result.AtMost("lag, from the task's end to the look that sees it, p50", ours.Lag50, 0.5, "s"),
            Result.Note("lag p95", ours.Lag95, "s"),
            Result.Note("looks per picture", ours.Looks, ""),
            Result.Note("from that look to the next submit upstream, p50", ours.Handover50, "s"),
            Result.Note("pictures per minute", ours.PerMinute, "/min"),
        };
        foreach (var (seconds, loop) in new[] { (2, await two), (3, await three), (5, slow) })
        {
            results.Add(Result.AtLeast($"pictures per minute, against a loop of {seconds} s", ours.PerMinute / loop.PerMinute, 1, "times"));
            results.Add(Result.Note($"loop of {seconds} s: utilisation", 100 * loop.Utilisation, "%"));
            results.Add(Result.Note($"loop of {seconds} s: lag p50", loop.Lag50, "s"));
            results.Add(Result.Note($"loop of {seconds} s: lag p95", loop.Lag95, "s"));
            results.Add(Result.Note($"loop of {seconds} s: looks per picture", loop.Looks, ""));
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

        var tasks = bench.Upstream.Tasks.All.OrderBy(task => task.BeginsAt).ToArray();
        var lags = tasks.Select(task => task.Lag!.Value.TotalSeconds).Order().ToArray();
        var all = (tasks[^1].FirstSeenAt!.Value - tasks[0].BeginsAt).TotalSeconds;
        var handovers = tasks.Skip(1).Zip(tasks, (next, task) => (next.BeginsAt - task.FirstSeenAt!.Value).TotalSeconds).Order().ToArray();
        return new Measured(
            tasks.Sum(
                task =>
                    (task.EndsAt - task.BeginsAt).TotalSeconds) / all, 60 * Pictures / all, lags[lags.Length / 2], lags[(int)(
                        lags.Length * 0.95)],
            jobs.Average(job => job["progress"]!["polls"]!.GetValue<int>()), handovers[handovers.Length / 2]);
    }

    private sealed record Measured(double Utilisation, double PerMinute, double Lag50, double Lag95, double Looks, double Handover50);
}
