using Darkroom.LocalHost.History;
using Darkroom.LocalHost.Journal;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Darkroom.LocalHost.Instances;

/// <summary>
/// The state: what has come about by applying the journal's records, one after the other. Not safe for many threads: whoever holds it
/// guards it.
/// </summary>
internal sealed class InstanceTable
{
    private readonly Dictionary<string, Instance> _instances = new(StringComparer.Ordinal);

    public InstanceIndex Index { get; } = new();

    public IInstanceEffects? Effects { get; set; }

    public int Count => _instances.Count;

    public IEnumerable<Instance> All => _instances.Values;

    public Instance? Find(string id) => _instances.GetValueOrDefault(id);

    public void Apply(JournalRecord record, JournalPosition position)
    {
        switch (record)
        {
            case StartRecord start:
                Begin(start.InstanceId, start.ExecutionId, start.Begin, start.At, start.StartAt, position);
                break;
            case PostRecord post:
                Deliver(post.InstanceId, post.Message);
                break;
            case StepRecord step:
                Apply(step, position);
                break;
            case PurgeRecord purge:
                Remove(purge.InstanceId);
                Effects?.Changed(purge.InstanceId);
                break;
            case SnapshotRecord snapshot:
                foreach (var one in snapshot.Company.Prepend(snapshot))
                    Restore(one.InstanceId, one.Snapshot, position);
                break;
            default:
                throw new InvalidOperationException($"Nothing says how {record.GetType().Name} changes the state.");
        }
    }

    /// <summary>Tells an instance something that is not in the journal.</summary>
    public void Tell(string instanceId, Message message)
    {
        if (Find(instanceId)?.Live is not { } live)
            return;
        live.Inbox.Add(message);
        Wake(Find(instanceId)!);
    }

    /// <summary>The instance's step came to nothing, or is applied: it may be woken again.</summary>
    public void EndStep(Instance instance)
    {
        if (instance.Live is not { } live)
            return;
        live.IsStepping = false;
        Wake(instance);
    }

    /// <summary>The time an instance was to be started at has come.</summary>
    public void StartNow(string instanceId, string executionId)
    {
        if (Find(instanceId) is not { Live: { } live } instance || instance.ExecutionId != executionId)
            return;
        live.StartAt = null;
        Wake(instance);
    }

    /// <summary>Takes note of everything that is open: after the journal was read back, or when an instance goes on from an earlier point.</summary>
    public void Resume(Instance instance)
    {
        if (instance.Live is not { } live || Effects is null)
            return;
        if (live.StartAt is { } startAt)
            Effects.StartLater(instance, startAt);
        foreach (var open in live.Open.Values)
        {
            if (open is TaskScheduled activity)
                Effects.RunActivity(instance, activity);
            else if (open is TimerCreated timer)
                Effects.SetTimer(instance, timer.Id, timer.FireAt);
        }

        Wake(instance);
    }

    /// <summary>All there is of the instance stands at <paramref name="position"/> from now on; nothing else changed.</summary>
    public void Moved(string instanceId, JournalPosition position)
    {
        if (Find(instanceId) is not { } instance)
            return;
        instance.LastRecord = position;
        instance.OldestSegment = position.Segment;
    }

    private void Wake(Instance instance)
    {
        if (instance.Live is not { IsStepping: false, HasWork: true } live || Effects is null)
            return;
        live.IsStepping = true;
        Effects.Ready(instance);
    }

    private void Begin(string id, string executionId, ExecutionStarted begin, DateTime at, DateTime? startAt, JournalPosition position)
    {
        Remove(id);
        var instance = new Instance
        {
            Id = id,
            ExecutionId = executionId,
            Name = begin.Name,
            CreatedAt = at,
            UpdatedAt = at,
            Status = OrchestrationRuntimeStatus.Pending,
            OldestSegment = position.Segment,
            Live = new LiveExecution(begin) { StartAt = startAt },
        };
        _instances[id] = instance;
        Index.Add(instance);
        Effects?.Changed(id);
        if (startAt is { } later)
            Effects?.StartLater(instance, later);
        else
            Wake(instance);
    }

    private void Deliver(string instanceId, DurableMessage message)
    {
        // To one that is over, or was never there, nothing can be told any more.
        if (Find(instanceId) is not { Live: { } live } instance)
            return;
        live.Inbox.Add(message);
        Wake(instance);
    }

    private void Apply(StepRecord step, JournalPosition position)
    {
        // In a journal whose beginning was cleaned away, steps may stand before the snapshot that holds all of their instance.
        var instance = Find(step.InstanceId) is { Live: not null } found && found.ExecutionId == step.ExecutionId ? found : null;
        if (instance is not null)
        {
            Index.Remove(instance);
            instance.LastRecord = position;
            InstanceProgress.Advance(instance, step, Effects);
            Index.Add(instance);
        }

        foreach (var happened in step.Events)
        {
            switch (happened)
            {
                case EventSent sent:
                    Deliver(sent.InstanceId, new EventMessage(sent.Name, sent.Input));
                    break;
                case SubOrchestrationCreated child:
                    BeginChild(step, child, position);
                    break;
                default:
                    break;
            }
        }

        foreach (var tell in step.Tells)
            Deliver(tell.InstanceId, tell.Message);
        if (instance is null)
            return;
        Effects?.Changed(instance.Id);
        EndStep(instance);
    }

    private void BeginChild(StepRecord step, SubOrchestrationCreated child, JournalPosition position)
    {
        if (Find(child.InstanceId)?.Live is not null)
        {
            var failure = new TaskFailureDetails(typeof(InvalidOperationException).FullName!, $"An instance with the id {child.InstanceId} is under way already.", null, null, null);
            Deliver(step.InstanceId, new ChildMessage(step.ExecutionId, child.Id, Succeeded: false, Result: null, failure));
            return;
        }

        var at = step.Events.OfType<OrchestratorStarted>().First().At;
        var parent = new ParentLink(step.InstanceId, step.ExecutionId, step.Name, child.Id);
        var begin = new ExecutionStarted(child.Name, child.Input, child.Version, child.Tags, parent);
        // The id must come out the same whenever the journal is read back.
        Begin(child.InstanceId, $"{step.ExecutionId}/{child.Id}", begin, at, startAt: null, position);
    }

    private void Restore(string id, InstanceSnapshot snapshot, JournalPosition position)
    {
        Remove(id);
        var live = new LiveExecution(snapshot.Begin) { CustomStatus = snapshot.CustomStatus, StartAt = snapshot.StartAt };
        var instance = new Instance
        {
            Id = id,
            ExecutionId = snapshot.ExecutionId,
            Name = snapshot.Begin.Name,
            CreatedAt = snapshot.CreatedAt,
            UpdatedAt = snapshot.UpdatedAt,
            Status = snapshot.History.Count == 0 ? OrchestrationRuntimeStatus.Pending : OrchestrationRuntimeStatus.Running,
            LastRecord = position,
            OldestSegment = position.Segment,
            Live = live,
        };
        live.History.AddRange(snapshot.History);
        // Its events happened before: what they meant for others is done.
        foreach (var happened in snapshot.History)
            InstanceProgress.Follow(instance, live, happened, effects: null);
        foreach (var timer in snapshot.CancelledTimers)
            live.Open.Remove(timer);
        live.Inbox.AddRange(snapshot.Inbox);

        _instances[id] = instance;
        Index.Add(instance);
        Effects?.Changed(id);
        Resume(instance);
    }

    private void Remove(string id)
    {
        if (_instances.Remove(id, out var gone))
            Index.Remove(gone);
    }
}
