using System.Threading.Channels;
using Darkroom.LocalHost.History;
using Darkroom.LocalHost.Instances;
using Darkroom.LocalHost.Journal;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Darkroom.LocalHost.Engine;

/// <summary>
/// The engine without its motor: state, journal, and the queues of what is to be done. It starts no thread and waits for nothing, so that
/// a test can be the motor and choose the order of things, crashes included.
/// </summary>
internal sealed class EngineCore : IInstanceEffects, IHistoryReader, IDisposable
{
    private readonly Stepper _stepper;
    private readonly TimeProvider _time;
    private readonly Func<string> _newId;
    private readonly Channel<Instance> _ready = Channel.CreateUnbounded<Instance>();
    private readonly Channel<ActivityWork> _activities = Channel.CreateUnbounded<ActivityWork>();

    // Steps and activities that are due or being made. Each is counted before what led to it is counted off, so zero means rest.
    private long _underWay;

    // How many ever began.
    private long _begun;

    public EngineCore(IJournalStorage storage, Stepper stepper, TimeProvider time, Func<string> newId, JournalLimits? limits = null)
    {
        _stepper = stepper;
        _time = time;
        _newId = newId;
        Journal = new InstanceJournal(storage, Table, Guard, limits);
        Timers = new TimerQueue(time, Fire);
    }

    /// <summary>Held while the table is read or changed.</summary>
    public Lock Guard { get; } = new();

    public InstanceTable Table { get; } = new();

    public InstanceJournal Journal { get; }

    public TimerQueue Timers { get; }

    public Waiters Waiters { get; } = new();

    /// <summary>Instances with something to do, each at most once.</summary>
    public ChannelReader<Instance> Ready => _ready.Reader;

    /// <summary>Activities to run.</summary>
    public ChannelReader<ActivityWork> Activities => _activities.Reader;

    /// <summary>Whether nothing will happen before somebody calls or a timer comes due.</summary>
    public bool IsIdle
    {
        get
        {
            // A record that is applied between the two looks has begun something.
            var begun = Interlocked.Read(ref _begun);
            return Interlocked.Read(ref _underWay) == 0 && Journal.IsIdle && Interlocked.Read(ref _begun) == begun;
        }
    }

    public DateTime Now => _time.GetUtcNow().UtcDateTime;

    /// <summary>Reads the journal back and takes note of everything that is open.</summary>
    public void Open()
    {
        Journal.Open();
        // Reading back leaves behind what it read. Given back once, now, while nobody waits yet.
        if (Journal.Bytes > 32 << 20)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        lock (Guard)
        {
            Table.Effects = this;
            foreach (var instance in Table.All.Where(instance => instance.Live is not null))
                Table.Resume(instance);
        }
    }

    public string NewId() => _newId();

    public InstanceSnapshot? Read(string instanceId) => Journal.Read(instanceId);

    /// <summary>The record that takes a failed instance, and its children that failed, back to before their failures.</summary>
    public SnapshotRecord Rewind(string instanceId, string? reason)
    {
        var instance = Read(instanceId) ?? throw new ArgumentException($"There is no instance '{instanceId}'.", nameof(instanceId));
        var children = Rewinding.FailedChildren(instance).Where(HasFailed).Select(child => Rewind(child, reason)).ToList();
        var rewound = Rewinding.Rewind(instance, history => _stepper.CanReplay(instanceId, instance.Begin, history), reason);
        return new SnapshotRecord(instanceId, rewound) { Company = [.. children.SelectMany(child => child.Company.Prepend(child with { Company = [] }))] };
    }

    /// <summary>Makes an instance's step and queues its record; the instance is free again once that is applied.</summary>
    public void Step(Instance instance)
    {
        List<Message> told;
        int consumed;
        lock (Guard)
        {
            if (instance.Live is not { } live)
            {
                Interlocked.Decrement(ref _underWay);
                return;
            }

            told = live.Take(out consumed);
        }

        var (id, executionId) = (instance.Id, instance.ExecutionId);
        var record = _stepper.Step(instance, told, consumed, Now, _newId, () => Tell(id, new ForeignAwaitMessage(executionId)));
        if (record is not null)
        {
            Journal.Enqueue(record);
        }
        else
        {
            lock (Guard)
                Table.EndStep(instance);
        }

        Interlocked.Decrement(ref _underWay);
    }

    /// <summary>An activity is over.</summary>
    public void Finish(ActivityWork work, string? result, TaskFailureDetails? failure)
    {
        Tell(work.InstanceId, new ActivityMessage(work.ExecutionId, work.TaskId, result, failure));
        Interlocked.Decrement(ref _underWay);
    }

    void IInstanceEffects.Ready(Instance instance)
    {
        Begin();
        _ready.Writer.TryWrite(instance);
    }

    void IInstanceEffects.RunActivity(Instance instance, TaskScheduled activity)
    {
        Begin();
        _activities.Writer.TryWrite(new ActivityWork(instance.Id, instance.ExecutionId, activity.Id, activity.Name, activity.Input));
    }

    void IInstanceEffects.SetTimer(Instance instance, int timerId, DateTime fireAt) => Timers.Set(new DueTimer(instance.Id, instance.ExecutionId, timerId), fireAt);

    void IInstanceEffects.ForgetTimer(Instance instance, int timerId) => Timers.Forget(new DueTimer(instance.Id, instance.ExecutionId, timerId));

    void IInstanceEffects.StartLater(Instance instance, DateTime startAt) => Timers.Set(new DueTimer(instance.Id, instance.ExecutionId, TimerId: null), startAt);

    void IInstanceEffects.Changed(string instanceId) => Waiters.Wake(instanceId);

    public void Dispose()
    {
        Timers.Dispose();
        Journal.Dispose();
    }

    private void Begin()
    {
        Interlocked.Increment(ref _underWay);
        Interlocked.Increment(ref _begun);
    }

    private bool HasFailed(string instanceId)
    {
        lock (Guard)
            return Table.Find(instanceId)?.Status == OrchestrationRuntimeStatus.Failed;
    }

    private void Fire(DueTimer timer)
    {
        if (timer.TimerId is { } id)
        {
            Tell(timer.InstanceId, new TimerMessage(timer.ExecutionId, id));
            return;
        }

        lock (Guard)
            Table.StartNow(timer.InstanceId, timer.ExecutionId);
    }

    private void Tell(string instanceId, Message message)
    {
        lock (Guard)
            Table.Tell(instanceId, message);
    }
}
