using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Darkroom.Simulator;
using Darkroom.TestKit;

namespace Darkroom.Bench;

/// <summary>Measures how soon <c>darkroom up</c> is ready, and how soon all jobs are done after all its processes were killed.</summary>
internal sealed class StartBenchmark : Benchmark
{
    private const int Starts = 5;
    private const int Jobs = 40;

    public override string Name => "start";

    public override string About =>
        $"darkroom up {Starts} times; then {Jobs} jobs of 5.8 s ± 20% in 4 slots, everything killed in the middle, and up again";

    public override async Task<IReadOnlyList<Result>> RunAsync()
    {
        var state = Directory.CreateTempSubdirectory("darkroom-bench-").FullName;
        var times = new List<double>();
        for (var start = 0; start < Starts; start++)
        {
            var watch = Stopwatch.StartNew();
            await using var up = UpProcess.Start(Path.Combine(state, $"{start}"));
            await up.ReadyAsync();
            times.Add(watch.Elapsed.TotalSeconds);
        }

        times.Sort();
        var recovered = await RecoverAsync(Path.Combine(state, "killed"));
        Directory.Delete(state, recursive: true);
        return
        [
            Result.AtMost("from up to Ready, p50", times[Starts / 2], 6, "s"),
            Result.Note("from up to Ready, the slowest", times[^1], "s"),
            Result.AtMost("from up after a kill of all processes to the last job", recovered, 90, "s"),
        ];
    }

    private static async Task<double> RecoverAsync(string state)
    {
        // The simulator runs in this process, which is not killed, because ModelScope would keep running too.
        await using var upstream = await SimulatedModelScope.StartAsync(
            new SimulatorOptions { Settings = new SimulatorSettings { Seconds = 5.8, Spread = 0.2, Slots = 4 } });
        var variables = new Dictionary<string, string>
        {
            ["MODELSCOPE_API_TOKEN"] = "ms-bench",
            ["Darkroom__PictureHosts"] = upstream.PictureHost,
            ["Darkroom__AllowHttpPictures"] = "true",
            ["Darkroom__Slots"] = "4",
        };
        await using var first = UpProcess.StartWith(upstream.ApiUrl, state, variables);
        var ids = new List<string>();
        using (var http = new HttpClient { BaseAddress = await first.ReadyAsync() })
        {
            for (var number = 0; number < Jobs; number++)
            {
                using var answer = await http.PostAsJsonAsync("api/images", new { prompt = $"killed {number}", size = "64x64" });
                ids.Add((await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>())!["id"]!.GetValue<string>());
            }

            while (upstream.Tasks.All.Count < Jobs / 2)
                await Task.Delay(TimeSpan.FromMilliseconds(50));
        }

        first.KillEverything();
        await first.GoneAsync();
        var watch = Stopwatch.StartNew();
        await using var second = UpProcess.StartWith(upstream.ApiUrl, state, variables);
        using var again = new HttpClient { BaseAddress = await second.ReadyAsync(), Timeout = TimeSpan.FromMinutes(3) };
        foreach (var id in ids)
        {
            JsonObject job;
            do
            {
                job = (await again.GetFromJsonAsync<JsonObject>($"api/images/{id}?wait=100"))!;
            }
            while (job["status"]!.GetValue<string>() is "queued" or "submitting" or "generating" or "saving" or "waitingForCredits");
        }

        // The time that upstream needs for the remaining tasks is printed, because the app cannot reduce it.
        var rest = upstream.Tasks.All.OrderBy(task => task.BeginsAt).Skip(Jobs / 2).Sum(task => task.Duration.TotalSeconds) / 4;
        Console.WriteLine($"  (of {watch.Elapsed.TotalSeconds:0} s after the kill, upstream needed {rest:0} s for the remaining tasks)");
        return watch.Elapsed.TotalSeconds;
    }
}
