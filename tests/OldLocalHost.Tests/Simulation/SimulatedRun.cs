using System.Text.Json;
using Darkroom.LocalHost.Engine;
using Darkroom.LocalHost.History;
using Darkroom.LocalHost.Instances;
using Darkroom.LocalHost.Journal;
using Darkroom.LocalHost.Tests.Engine;
using Darkroom.TestKit;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.Logging.Abstractions;

namespace Darkroom.LocalHost.Tests.Simulation;

/// <summary>
/// The engine with a die for a motor: what happens next, what fails, what comes twice or late, and when the power goes, all follows from one
/// seed. Whatever was acknowledged must hold in the end.
/// </summary>
internal sealed class SimulatedRun : IDisposable
{
    private static readonly string[] Simple = ["Chain", "FanOut", "Race", "Parent"];
    private readonly Random _chance;
    private readonly ManualTime _time = new();
    private readonly CrashableStorage _storage = new();
    private readonly TestFunctions _functions;
    private readonly Stepper _stepper;
    private readonly List<Instance> _ready = [];
    private readonly List<ActivityWork> _activities = [];
    private readonly Promises _promises = new();
    private EngineCore _core;
    private int _ids;
    private bool _calm;

    public SimulatedRun(int seed)
    {
        _chance = new Random(seed);
        _functions = Workload.Functions(() => !_calm && _chance.Next(4) == 0);
        _stepper = new Stepper(_functions, new JsonDataConverter(new JsonSerializerOptions()), NullLoggerFactory.Instance, "");
        _core = Boot();
    }

    public int Crashes { get; private set; }

    public void Run(int actions = 250)
    {
        for (var i = 0; i < actions; i++)
            Act();
        Settle();
        _promises.Check(_core, _stepper);
        // And all of it once more from the disk alone.
        Crash();
        Settle();
        _promises.Check(_core, _stepper);
    }

    public void Dispose()
    {
        _core.Dispose();
        _storage.Dispose();
    }

    private void Act()
    {
        Collect();
        switch (_chance.Next(100))
        {
            case < 8:
                StartSimple();
                break;
            case < 11:
                StartCollector();
                break;
            case < 13:
                Start($"ticks-{_ids++}", "Ticks", _chance.Next(3));
                break;
            case < 20:
                RaiseItem();
                break;
            case < 22:
                TellAny(_chance.Next(2) == 0 ? new SuspendMessage("wait") : new ResumeMessage("go"));
                break;
            case < 23:
                Terminate();
                break;
            case < 24:
                Purge();
                break;
            case < 27:
                Crash();
                break;
            case < 45:
                StepOne();
                break;
            case < 65:
                FinishOne();
                break;
            case < 75:
                _time.Advance(TimeSpan.FromSeconds(_chance.Next(1, 400)));
                break;
            default:
                _core.Journal.Flush();
                break;
        }
    }

    private EngineCore Boot()
    {
        // Small segments: cleaning is at work all the time.
        var limits = new JournalLimits { SegmentBytes = 2000, CleanFrom = 6000, BytesMovedAtOnce = 500 };
        var core = new EngineCore(_storage, _stepper, _time, () => $"id-{_ids++}", limits);
        core.Open();
        return core;
    }

    private void Crash()
    {
        Crashes++;
        _core.Timers.Dispose();
        _ready.Clear();
        _activities.Clear();
        _storage.Crash(_chance);
        _core = Boot();
        Collect();
    }

    private void Collect()
    {
        while (_core.Ready.TryRead(out var instance))
            _ready.Add(instance);
        while (_core.Activities.TryRead(out var work))
            _activities.Add(work);
    }

    private void StepOne()
    {
        if (Draw(_ready, remove: true) is { } instance)
            _core.Step(instance);
    }

    private void FinishOne()
    {
        // Now and then it stays in the pile, to be run and delivered again later.
        if (Draw(_activities, remove: _calm || _chance.Next(5) > 0) is not { } work)
            return;

        try
        {
            var result = _functions.RunActivityAsync(work.Name, work.InstanceId, work.Input, CancellationToken.None).GetAwaiter().GetResult();
            _core.Finish(work, result, failure: null);
        }
        catch (InvalidOperationException exception)
        {
            _core.Finish(work, result: null, TaskFailureDetails.FromException(exception));
        }
    }

    private void StartSimple()
    {
        var name = Simple[_chance.Next(Simple.Length)];
        Start($"{name}-{_ids++}", name, _chance.Next(1, 6));
    }

    private void StartCollector()
    {
        var id = $"collector-{_ids++}";
        var items = Enumerable.Range(0, _chance.Next(4)).Select(i => $"{id}/sent/{i}").ToList();
        var wanted = items.Count + _chance.Next(4);
        _promises.Sent[id] = [];
        Append(Begin(id, "Collector", new Workload.Collected([], wanted)), () =>
        {
            _promises.Started[id] = ("Collector", wanted);
            if (items.Count > 0)
                Append(Begin($"{id}-sender", "Sender", new Workload.Sending(id, items)), () => _promises.Sent[id].AddRange(items.Select(item => (item, true))));
        });
    }

    private void Start(string id, string name, int input) => Append(Begin(id, name, input), () => _promises.Started[id] = (name, input));

    private StartRecord Begin(string id, string name, object input) =>
        new(id, $"execution-{_ids++}", new ExecutionStarted(name, JsonSerializer.Serialize(input), "", null, null), _core.Now, StartAt: _chance.Next(5) == 0 ? _core.Now.AddMinutes(2) : null);

    private void RaiseItem()
    {
        var open = _promises.Started.Where(started => started.Value.Name == "Collector" && _promises.Sent[started.Key].Count < started.Value.Input && IsLive(started.Key)).Select(started => started.Key).ToList();
        if (Draw(open, remove: false) is not { } id)
            return;
        var item = $"{id}/raised/{_ids++}";
        var at = _promises.Sent[id].Count;
        // Until it is acknowledged it may get lost, or not.
        _promises.Sent[id].Add((item, false));
        Append(new PostRecord(id, new EventMessage("Item", JsonSerializer.Serialize(item))), () => _promises.Sent[id][at] = (item, true));
    }

    private void TellAny(DurableMessage message)
    {
        if (Draw([.. _promises.Started.Keys.Where(IsLive)], remove: false) is { } id)
            Append(new PostRecord(id, message), () => { });
    }

    private void Terminate()
    {
        if (Draw([.. _promises.Started.Keys.Where(IsLive)], remove: false) is not { } id)
            return;
        _promises.Doomed.Add(id);
        Append(new PostRecord(id, new TerminateMessage(null, Recursive: _chance.Next(2) == 0)), () => _promises.Terminated.Add(id));
    }

    private void Purge()
    {
        var finished = _promises.Started.Keys.Where(id => !_promises.Purged.Contains(id) && _core.Table.Find(id) is { Live: null }).ToList();
        if (Draw(finished, remove: false) is not { } id)
            return;
        _promises.Doomed.Add(id);
        Append(new PurgeRecord(id), () => _promises.Purged.Add(id));
    }

    private void Append(JournalRecord record, Action acknowledged) => _core.Journal.Enqueue(record, failure =>
    {
        if (failure is not null)
            throw new InvalidOperationException("The journal broke.", failure);
        acknowledged();
    });

    private bool IsLive(string id) => _core.Table.Find(id) is { Live: not null };

    private T? Draw<T>(List<T> from, bool remove) where T : class
    {
        if (from.Count == 0)
            return null;
        var at = _chance.Next(from.Count);
        var drawn = from[at];
        if (remove)
            from.RemoveAt(at);
        return drawn;
    }

    // Nothing fails any more, everybody may go on, and missing items are sent: then all must come to its end.
    private void Settle()
    {
        _calm = true;
        _core.Journal.Flush();
        for (var round = 0; round < 2000; round++)
        {
            foreach (var suspended in _core.Table.All.Where(instance => instance.Live is { IsSuspended: true }).Select(instance => instance.Id).ToList())
                Append(new PostRecord(suspended, new ResumeMessage("settle")), () => { });
            SendMissing();
            Collect();
            while (_ready.Count > 0 || _activities.Count > 0)
            {
                StepOne();
                FinishOne();
                _core.Journal.Flush();
                Collect();
            }

            _core.Journal.Flush();
            Collect();
            if (_ready.Count == 0 && _activities.Count == 0 && !_time.AdvanceToNext())
                return;
        }

        throw new InvalidOperationException("It does not come to rest.");
    }

    private void SendMissing()
    {
        foreach (var (id, (name, wanted)) in _promises.Started)
        {
            while (name == "Collector" && IsLive(id) && _promises.SurelySent(id) < wanted)
            {
                var item = $"{id}/late/{_ids++}";
                _promises.Sent[id].Add((item, true));
                Append(new PostRecord(id, new EventMessage("item", JsonSerializer.Serialize(item))), () => { });
            }
        }
    }
}
