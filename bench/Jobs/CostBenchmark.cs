using Azure.Data.Tables;
using Darkroom.Simulator;

namespace Darkroom.Bench;

/// <summary>
/// Measures the storage calls and history rows per picture, for one picture after the other, and the storage calls at rest.
/// </summary>
internal sealed class CostBenchmark : Benchmark
{
    private const int WarmUp = 5;
    private const int Pictures = 40;
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(60);

    public override string Name => "cost";

    public override string About => $"{Pictures} pictures one after the other, an instant upstream; then {Rest.TotalSeconds} s of rest";

    public override async Task<IReadOnlyList<Result>> RunAsync()
    {
        await using var bench = await RunningApp.StartAsync(new SimulatorSettings { Speed = 0 });
        for (var number = 0; number < WarmUp; number++)
            await bench.EndOfAsync(await bench.StartJobAsync(new { prompt = $"warm up {number}", size = "64x64" }));
        await Task.Delay(TimeSpan.FromSeconds(5));

        var before = bench.Storage.Calls;
        var ids = new List<string>();
        for (var number = 0; number < Pictures; number++)
        {
            ids.Add(await bench.StartJobAsync(new { prompt = $"picture {number}", size = "64x64" }));
            // The status is not read meanwhile, because each such request would add storage calls.
            await Task.Delay(Apart);
        }

        // Include later calls, such as those of timers that are no longer needed.
        await Task.Delay(TimeSpan.FromSeconds(50));
        var calls = Between(before, bench.Storage.Calls);
        foreach (var id in ids)
            await bench.EndOfAsync(id);
        await Task.Delay(TimeSpan.FromSeconds(10));
        before = bench.Storage.Calls;
        await Task.Delay(Rest);
        var idle = Between(before, bench.Storage.Calls);
        var rows = await RowsAsync(bench, ids);
        return
        [
            Result.AtMost(
                "storage calls per picture, without polling of queues",
                (double)calls.Where(IsWork).Sum(call => call.Value) / Pictures,
                40,
                ""),
            .. calls.Where(IsWork)
                .Where(call => call.Value > Pictures / 10)
                .OrderByDescending(call => call.Value)
                .Select(call => Result.Note($"  {call.Key}", (double)call.Value / Pictures, "")),
            Result.AtMost("rows of history per picture", rows, 20, ""),
            Result.AtMost("storage calls at rest", idle.Sum(call => call.Value) / Rest.TotalSeconds, 1.5, "/s"),
            .. idle.Where(call => call.Value > 5)
                .OrderByDescending(call => call.Value)
                .Select(call => Result.Note($"  {call.Key}", call.Value / Rest.TotalSeconds, "/s")),
        ];
    }

    private static bool IsWork(KeyValuePair<string, long> call) =>
        !(call.Key.StartsWith("GET ", StringComparison.Ordinal) && call.Key.Contains("/messages", StringComparison.Ordinal));

    private static Dictionary<string, long> Between(IReadOnlyDictionary<string, long> before, IReadOnlyDictionary<string, long> after) =>
        after.ToDictionary(call => call.Key, call => call.Value - before.GetValueOrDefault(call.Key));

    private static async Task<double> RowsAsync(RunningApp bench, IReadOnlyCollection<string> ids)
    {
        var history = new TableClient(bench.Storage.ConnectionString, "DarkroomHistory");
        var rows = 0;
        await foreach (var row in history.QueryAsync<TableEntity>(select: ["PartitionKey", "RowKey"]))
            rows += ids.Contains(row.PartitionKey) ? 1 : 0;
        return (double)rows / ids.Count;
    }
}
