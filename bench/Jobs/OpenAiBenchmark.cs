using System.Diagnostics;
using System.Net.Http.Json;
using Darkroom.Simulator;

namespace Darkroom.Bench;

/// <summary>
/// Compares a picture through the OpenAI API with one through the job API that waits in the same request. The two alternate, so that other
/// load affects both.
/// </summary>
internal sealed class OpenAiBenchmark : Benchmark
{
    private const int WarmUp = 25;
    private const int Pairs = 60;

    public override string Name => "openai";

    public override string About => $"an upstream of 10 ms: {Pairs} pictures through /v1, and {Pairs} through /api/images, alternating";

    public override async Task<IReadOnlyList<Result>> RunAsync()
    {
        await using var bench = await RunningApp.StartAsync(
            new SimulatorSettings { Seconds = 0.01, Slots = 64 }, ("Darkroom__Slots", "64"));
        var (jobs, openAi) = (new List<double>(), new List<double>());
        for (var number = 0; number < WarmUp + Pairs; number++)
        {
            jobs.Add(await MillisecondsAsync(bench, "api/images", new { prompt = $"job {number}", size = "64x64" }));
            openAi.Add(await MillisecondsAsync(bench, "v1/images/generations", new { prompt = $"openai {number}", size = "64x64" }));
        }

        var (baseline, ours) = (Median(jobs), Median(openAi));
        return
        [
            Result.AtMost("overhead of /v1 over the job API, p50", ours - baseline, 20, "ms"),
            Result.Note("time of /v1 against the job API, p50", ours / baseline, "times"),
            Result.Note("a picture through the job API, p50", baseline, "ms"),
            Result.Note("a picture through /v1, p50", ours, "ms"),
        ];
    }

    private static double Median(List<double> times) => times.Skip(WarmUp).Order().ElementAt(Pairs / 2);

    private static async Task<double> MillisecondsAsync(RunningApp bench, string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Prefer", "wait=100");
        var watch = Stopwatch.StartNew();
        using var answer = await bench.Http.SendAsync(request);
        await answer.Content.ReadAsByteArrayAsync();
        return answer.StatusCode == System.Net.HttpStatusCode.OK
            ? watch.Elapsed.TotalMilliseconds
            : throw new InvalidOperationException($"{path}: {answer.StatusCode}");
    }
}
