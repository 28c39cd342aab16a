using System.Text.Json;
using Darkroom.LocalHost.Engine;
using Darkroom.LocalHost.History;
using Microsoft.DurableTask.Client;

namespace Darkroom.LocalHost.Tests.Simulation;

/// <summary>What callers were promised by acknowledgements, and whether it was kept.</summary>
internal sealed class Promises
{
    public Dictionary<string, (string Name, int Input)> Started { get; } = [];

    /// <summary>What was sent to each collector, and whether that was acknowledged.</summary>
    public Dictionary<string, List<(string Item, bool Acknowledged)>> Sent { get; } = [];

    public HashSet<string> Terminated { get; } = [];

    /// <summary>Those that somebody tried to end or to purge, acknowledged or not.</summary>
    public HashSet<string> Doomed { get; } = [];

    public HashSet<string> Purged { get; } = [];

    public int SurelySent(string id) => Sent[id].Count(sent => sent.Acknowledged);

    /// <summary>Fails unless all of it holds.</summary>
    public void Check(EngineCore core, Stepper stepper)
    {
        foreach (var (id, (name, input)) in Started)
        {
            if (core.Read(id) is not { } instance)
            {
                Ensure(Doomed.Contains(id), $"{id} was acknowledged and is gone.");
                continue;
            }

            var status = core.Table.Find(id)!.Status;
            Ensure(!Purged.Contains(id), $"{id} was purged and is back.");
            Ensure(core.Table.Find(id)!.Live is null, $"{id} is {status}: it did not come to its end.");
            if (status == OrchestrationRuntimeStatus.Terminated)
            {
                Ensure(Doomed.Contains(id), $"{id} is terminated, and nobody did it.");
                continue;
            }

            Ensure(!Terminated.Contains(id) || status == OrchestrationRuntimeStatus.Completed, $"{id} is {status}.");
            var end = (ExecutionCompleted)instance.History[^1];
            Ensure(end.Ending == Ending.Completed, $"{id} is {status}: {end.Failure}");
            CheckResult(id, name, input, end.Result!);
            Ensure(stepper.CanReplay(id, instance.Begin, [.. instance.History.Where(happened => happened is not ExecutionCompleted)]), $"{id} cannot be replayed.");
        }

        foreach (var instance in core.Table.All)
            Ensure(instance.Live is null || instance.Live.Inbox.Count == 0, $"{instance.Id} was told something that it never took.");
    }

    private void CheckResult(string id, string name, int input, string result)
    {
        if (name == "Collector")
        {
            var got = JsonSerializer.Deserialize<List<string>>(result)!;
            Ensure(got.Count == got.Distinct().Count(), $"{id} got an item twice: {result}");
            Ensure(got.All(item => Sent[id].Exists(sent => sent.Item == item) || item.Contains("/sent/", StringComparison.Ordinal)), $"{id} got what nobody sent: {result}");
            Ensure(got.Count == input, $"{id} got {got.Count} of {input} items.");
        }
        else if (name != "Ticks")
        {
            Ensure(int.Parse(result) == Workload.Expected(name, input), $"{id} came to {result}, not {Workload.Expected(name, input)}.");
        }
    }

    private static void Ensure(bool holds, string otherwise)
    {
        if (!holds)
            throw new InvalidOperationException(otherwise);
    }
}
