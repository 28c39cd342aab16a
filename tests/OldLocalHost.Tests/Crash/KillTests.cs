using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Darkroom.LocalHost.Tests.Crash;

/// <summary>A process is killed under load, again and again, at moments drawn from a seed: what it acknowledged is done in the end, once.</summary>
public sealed class KillTests : IDisposable
{
    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory("darkroom-kill-");
    private readonly ConcurrentDictionary<string, int> _acknowledged = new();
    private int _begun;

    public void Dispose() => _state.Delete(recursive: true);

    /// <summary>DARKROOM_KILLS says how often; DARKROOM_SEED, when.</summary>
    [Fact]
    public async Task Killed_fifty_times_under_load_every_orchestration_completes_once()
    {
        var kills = int.Parse(Environment.GetEnvironmentVariable("DARKROOM_KILLS") ?? "50", CultureInfo.InvariantCulture);
        var seed = int.Parse(Environment.GetEnvironmentVariable("DARKROOM_SEED") ?? Random.Shared.Next(1_000_000).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        TestContext.Current.TestOutputHelper?.WriteLine($"Seed {seed}");
        var chance = new Random(seed);
        for (var kill = 0; kill < kills; kill++)
        {
            using var app = await CrashApp.StartAsync(_state.FullName);
            using var stop = new CancellationTokenSource();
            var load = Task.WhenAll(Enumerable.Range(0, 16).Select(_ => LoadAsync(app.Http, stop.Token)));
            await app.LiveForAsync(TimeSpan.FromMilliseconds(chance.Next(20, 400)));
            app.Kill();
            await stop.CancelAsync();
            await load;
        }

        Assert.True(_acknowledged.Count > kills, $"Only {_acknowledged.Count} starts were acknowledged.");
        using var last = await CrashApp.StartAsync(_state.FullName);
        foreach (var (id, start) in _acknowledged)
            await CheckAsync(last.Http, id, start);
        TestContext.Current.TestOutputHelper?.WriteLine($"{_acknowledged.Count} orchestrations, {kills} kills");
    }

    private async Task LoadAsync(HttpClient http, CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                var number = Interlocked.Increment(ref _begun);
                var id = $"count-{number}";
                using var answer = await http.PostAsJsonAsync($"runtime/webhooks/durabletask/orchestrators/CountUp/{id}", number, stop);
                if (answer.StatusCode == HttpStatusCode.Accepted)
                    _acknowledged[id] = number;
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            // It was killed. What was under way was not acknowledged.
        }
    }

    private static async Task CheckAsync(HttpClient http, string id, int start)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            using var answer = await http.GetAsync($"runtime/webhooks/durabletask/instances/{id}?showHistory=true&showHistoryOutput=true");
            Assert.NotEqual(HttpStatusCode.NotFound, answer.StatusCode);
            var status = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
            if (status["runtimeStatus"]!.GetValue<string>() == "Completed")
            {
                Assert.Equal((10 * start) + 45, status["output"]!.GetValue<int>());
                Assert.Single(status["historyEvents"]!.AsArray(), happened => happened!["EventType"]!.GetValue<string>() == "ExecutionCompleted");
                return;
            }

            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(1), $"{id} is {status["runtimeStatus"]} after a minute.");
            await Task.Yield();
        }
    }
}
