using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Darkroom.Simulator;

namespace Darkroom.Bench;

/// <summary>Compares the cost per picture of batches and single jobs, and the cost per item of a small and a large batch.</summary>
internal sealed class BatchBenchmark : Benchmark
{
    private const int Few = 100;
    private static readonly int Many = int.TryParse(Environment.GetEnvironmentVariable("DARKROOM_BENCH_ITEMS"), out var items)
        ? items
        : 2_000;

    public override string Name => "batch";

    public override string About => $"the app, storage and an instant upstream over sockets; {Many:#,0} items (DARKROOM_BENCH_ITEMS)";

    public override async Task<IReadOnlyList<Result>> RunAsync()
    {
        await using var app = await RunningApp.StartAsync(
            new SimulatorSettings { Speed = 0, Slots = 64 }, ("MODELSCOPE_IMAGE_POLL_INTERVAL", "0.05"), ("Darkroom__Slots", "16"));
        var (seconds, memory) = await ValidateAsync(app);
        // Warm up: the JIT compiler optimizes during the first hundreds.
        await SinglesAsync(app, Few);
        await BatchAsync(app, 2 * Few);
        var singles = await SinglesAsync(app, 2 * Few);
        var few = new List<Cost>();
        for (var run = 0; run < 3; run++)
            few.Add(await BatchAsync(app, Few));
        var many = await BatchAsync(app, Many);
        // The same small batch once more: if it takes longer now, it is the storage that has grown, and not the size of the batch.
        var after = new List<Cost>();
        for (var run = 0; run < 3; run++)
            after.Add(await BatchAsync(app, Few));
        return
        [
            Result.AtMost("validation of 50,000 lines", seconds, 3, "s"),
            Result.AtMost("peak memory of the validation", memory / 1048576.0, 100, "MB"),
            Result.AtMost("time per picture in a batch, to a single job", many.Wall / singles.Wall, 1.3, "times"),
            Result.Note($"time per item, of {Few}", Best(few).Wall, "ms"),
            Result.Note($"time per item, of {Many:#,0}", many.Wall, "ms"),
            Result.Note($"time per item, of {Few} after the {Many:#,0}", Best(after).Wall, "ms"),
            Result.Note($"processor time per item, of {Few}", Best(few).Processor, "ms"),
            Result.Note($"processor time per item, of {Many:#,0}", many.Processor, "ms"),
            Result.AtMost($"cost per item of {Many:#,0}, to one of {Few}", many.Processor / Best(few).Processor, 1.15, "times"),
        ];
    }

    // The best of several runs is least affected by other load on the machine.
    private static Cost Best(IEnumerable<Cost> costs) => costs.MinBy(cost => cost.Wall)!;

    private static async Task<(double Seconds, long Memory)> ValidateAsync(RunningApp app)
    {
        var lines = Lines(50_000, "validate");
        var best = double.MaxValue;
        long most = 0;
        for (var run = 0; run < 3; run++)
        {
            var before = app.Host.Memory;
            var watch = Stopwatch.StartNew();
            using var body = Content(lines);
            var asking = app.Http.PostAsync("api/batches?validate=only", body);
            using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (!asking.IsCompleted)
            {
                most = Math.Max(most, app.Host.Memory - before);
                await pace.WaitForNextTickAsync();
            }

            using var answer = await asking;
            var seen = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
            if (seen["total"]!.GetValue<int>() != 50_000)
                throw new InvalidOperationException($"Not all lines were read: {seen.ToJsonString()}");
            best = Math.Min(best, watch.Elapsed.TotalSeconds);
        }

        return (best, most);
    }

    private static async Task<Cost> SinglesAsync(RunningApp app, int count) => await MeasureAsync(app, count, () => Parallel.ForEachAsync(
        Enumerable.Range(0, count),
        new ParallelOptions { MaxDegreeOfParallelism = 48 },
        async (n, token) =>
        {
            using var request = new HttpRequestMessage(
                HttpMethod.Post, "api/images")
            { Content = JsonContent.Create(new { prompt = $"single {n}", size = "64x64" }) };
            request.Headers.Add("Prefer", "wait=100");
            using var answer = await app.Http.SendAsync(request, token);
            if (answer.StatusCode != System.Net.HttpStatusCode.OK)
                throw new InvalidOperationException($"A single job was answered with {answer.StatusCode}.");
        }));

    private static async Task<Cost> BatchAsync(RunningApp app, int count) => await MeasureAsync(app, count, async () =>
    {
        using var body = Content(Lines(count, "batch"));
        using var begun = await app.Http.PostAsync("api/batches", body);
        var batch = (await begun.Content.ReadFromJsonAsync<JsonObject>())!;
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(count > 1000 ? 1000 : 100));
        JsonObject now;
        do
        {
            await pace.WaitForNextTickAsync();
            now = (await app.Http.GetFromJsonAsync<JsonObject>($"api/batches/{batch["id"]}"))!;
        }
        while (now["status"]!.GetValue<string>() != "finished");
        if (now["counts"]!["succeeded"]!.GetValue<int>() != count)
            throw new InvalidOperationException($"Not all items succeeded: {now.ToJsonString()}");
    });

    private static async Task<Cost> MeasureAsync(RunningApp app, int count, Func<Task> work)
    {
        var processor = app.Host.ProcessorTime;
        var watch = Stopwatch.StartNew();
        await work();
        return new Cost(watch.Elapsed.TotalMilliseconds / count, (app.Host.ProcessorTime - processor).TotalMilliseconds / count);
    }

    private static string Lines(int count, string about)
    {
        var lines = new StringBuilder();
        for (var line = 0; line < count; line++)
            lines.Append(
                $"{{\"prompt\":\"A golden cat on a windowsill, {about} {line}\",\"size\":\"64x64\",\"seed\":{line},\"customId\":\"{about}-{line}\"}}\n");
        return lines.ToString();
    }

    private static StringContent Content(string lines) => new(lines, Encoding.UTF8, "application/x-ndjson");

    private sealed record Cost(double Wall, double Processor);
}
