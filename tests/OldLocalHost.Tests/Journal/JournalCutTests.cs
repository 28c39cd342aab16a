using System.Text.Json;
using Darkroom.LocalHost.Engine;
using Darkroom.LocalHost.History;
using Darkroom.LocalHost.Instances;
using Darkroom.LocalHost.Journal;
using Darkroom.LocalHost.Tests.Simulation;
using Darkroom.TestKit;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.Logging.Abstractions;

namespace Darkroom.LocalHost.Tests.Journal;

/// <summary>A run is recorded, and its journal is cut at every single byte: whatever was acknowledged before the cut must be there.</summary>
public sealed class JournalCutTests
{
    private readonly ManualTime _time = new();
    private readonly Stepper _stepper;
    private readonly Func<string> _newId;
    private int _ids;

    public JournalCutTests()
    {
        _stepper = new Stepper(Workload.Functions(() => false), new JsonDataConverter(new JsonSerializerOptions()), NullLoggerFactory.Instance, "");
        _newId = () => $"id-{_ids++}";
    }

    [Fact]
    public void Cut_at_every_byte_nothing_acknowledged_is_lost_and_nothing_is_corrupt()
    {
        var (bytes, acknowledged) = Record();
        Assert.True(bytes.Length > 5000, $"The recorded run is only {bytes.Length} bytes long.");
        Assert.True(acknowledged.Count > 15);
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            using var storage = new CrashableStorage();
            storage.Append(1, bytes.AsSpan(0, cut));
            storage.Sync(1);
            using var core = new EngineCore(storage, _stepper, _time, _newId);
            core.Open();
            foreach (var (_, what, isThere) in acknowledged.Where(one => one.At <= cut))
                Assert.True(isThere(core), $"Cut at {cut}, {what} was acknowledged and is gone.");
            foreach (var instance in core.Table.All)
                AssertWhole(core.Read(instance.Id)!, cut);
        }
    }

    [Fact]
    public void What_stands_behind_a_cut_is_reported_and_written_over()
    {
        var (bytes, _) = Record();
        using var storage = new CrashableStorage();
        storage.Append(1, bytes.AsSpan(0, bytes.Length - 3));
        storage.Sync(1);
        using (var core = new EngineCore(storage, _stepper, _time, _newId))
        {
            core.Open();
            Assert.True(core.Journal.TornBytes > 0);
            core.Journal.Enqueue(new StartRecord("after", "x", new ExecutionStarted("Chain", "1", "", null, null), core.Now, null));
            core.Journal.Flush();
        }

        using var again = new EngineCore(storage, _stepper, _time, _newId);
        again.Open();
        Assert.Equal(0, again.Journal.TornBytes);
        Assert.NotNull(again.Read("after"));
    }

    private void AssertWhole(InstanceSnapshot instance, int cut)
    {
        var history = instance.History.Where(happened => happened is not (ExecutionCompleted or ContinuedAsNew)).ToList();
        Assert.True(history.Count == 0 || _stepper.CanReplay("any", instance.Begin, history), $"Cut at {cut}, an instance of {instance.Begin.Name} cannot be replayed.");
    }

    private (byte[] Bytes, List<(long At, string What, Func<EngineCore, bool> IsThere)> Acknowledged) Record()
    {
        using var storage = new CrashableStorage();
        using var core = new EngineCore(storage, _stepper, _time, _newId);
        core.Open();
        var acknowledged = new List<(long, string, Func<EngineCore, bool>)>();
        Start("chain", "Chain", 3);
        for (var i = 0; i < 3; i++)
            Start($"parent-{i}", "Parent", i);
        Start("ticks", "Ticks", 1);
        Start("collector", "Collector", new Workload.Collected([], 6));
        for (var round = 0; round < 60; round++)
        {
            if (round % 5 == 0 && round < 30)
                Raise(round / 5);
            while (core.Ready.TryRead(out var instance))
                core.Step(instance);
            core.Journal.Flush();
            while (core.Activities.TryRead(out var work))
                core.Finish(work, (int.Parse(work.Input!) * 2).ToString(), failure: null);
            _time.Advance(TimeSpan.FromSeconds(40));
            foreach (var done in core.Table.All.Where(instance => instance.Live is null).Select(instance => instance.Id).ToList())
                acknowledged.Add((storage.LengthOf(1), $"the end of {done}", later => later.Table.Find(done) is { Live: null }));
        }

        Assert.All(new[] { "chain", "parent-0", "ticks", "collector" }, id => Assert.Null(core.Table.Find(id)!.Live));
        return (storage.ReadAll(1), acknowledged);

        void Start(string id, string name, object input) => core.Journal.Enqueue(
            new StartRecord(id, _newId(), new ExecutionStarted(name, JsonSerializer.Serialize(input), "", null, null), core.Now, null),
            _ => acknowledged.Add((storage.LengthOf(1), $"the start of {id}", later => later.Read(id) is not null)));

        void Raise(int number) => core.Journal.Enqueue(
            new PostRecord("collector", new EventMessage("item", JsonSerializer.Serialize($"item-{number}"))),
            _ => acknowledged.Add((storage.LengthOf(1), $"event {number}", later => HasItem(later.Read("collector")!, $"item-{number}"))));
    }

    // Waiting to be taken, taken by this execution, carried into it by its input, or part of the result.
    private static bool HasItem(InstanceSnapshot collector, string item) =>
        collector.Inbox.OfType<EventMessage>().Any(message => message.Input!.Contains(item, StringComparison.Ordinal))
        || collector.History.OfType<EventRaised>().Any(raised => raised.Input!.Contains(item, StringComparison.Ordinal))
        || collector.Begin.Input!.Contains(item, StringComparison.Ordinal);
}
