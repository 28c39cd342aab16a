using Darkroom.LocalHost.History;
using Darkroom.LocalHost.Journal;

namespace Darkroom.LocalHost.Instances;

/// <summary>Puts together all there is of an instance, from memory or from its records.</summary>
internal static class InstanceSnapshots
{
    public static InstanceSnapshot Of(Instance instance)
    {
        var live = instance.Live ?? throw new InvalidOperationException("A finished instance is read from the journal.");
        var fired = live.History.OfType<TimerFired>().Select(timer => timer.Id).ToHashSet();
        return new InstanceSnapshot
        {
            ExecutionId = instance.ExecutionId,
            Begin = live.Begin,
            CreatedAt = instance.CreatedAt,
            UpdatedAt = instance.UpdatedAt,
            StartAt = live.StartAt,
            CustomStatus = live.CustomStatus,
            History = [.. live.History],
            CancelledTimers = [.. live.History.OfType<TimerCreated>().Select(timer => timer.Id).Where(timer => !live.Open.ContainsKey(timer) && !fired.Contains(timer))],
            Inbox = [.. live.Inbox.OfType<DurableMessage>()],
        };
    }

    public static InstanceSnapshot Of(IReadOnlyList<JournalRecord> chain, string executionId, DateTime createdAt)
    {
        var history = new List<HistoryEvent>();
        var cancelled = new List<int>();
        string? status = null;
        foreach (var record in chain)
        {
            if (record is SnapshotRecord { Snapshot: var before })
            {
                history.AddRange(before.History);
                cancelled.AddRange(before.CancelledTimers);
                status = before.CustomStatus;
            }
            else if (record is StepRecord step)
            {
                history.AddRange(step.Events);
                cancelled.AddRange(step.CancelledTimers);
                status = step.CustomStatus;
            }
        }

        return new InstanceSnapshot
        {
            ExecutionId = executionId,
            Begin = history.OfType<ExecutionStarted>().First(),
            CreatedAt = createdAt,
            UpdatedAt = history.OfType<OrchestratorStarted>().Last().At,
            CustomStatus = status,
            History = history,
            CancelledTimers = cancelled,
        };
    }
}
