using Darkroom.LocalHost.History;
using Darkroom.LocalHost.Instances;

namespace Darkroom.LocalHost.Engine;

/// <summary>Takes a failed instance back to before its failures: what failed is open again, what succeeded stays.</summary>
internal static class Rewinding
{
    /// <summary>The children that failed and have to be taken back too.</summary>
    public static IEnumerable<string> FailedChildren(InstanceSnapshot instance)
    {
        var failed = instance.History.OfType<SubOrchestrationFailed>().Select(child => child.Id).ToHashSet();
        return instance.History.OfType<SubOrchestrationCreated>().Where(child => failed.Contains(child.Id)).Select(child => child.InstanceId);
    }

    /// <param name="instance">The failed instance.</param>
    /// <param name="canReplay">
    /// Whether the code goes along with a history. A failure that the code had caught, and acted upon, belongs to its way and stays.
    /// </param>
    /// <param name="reason">Why, for the record.</param>
    public static InstanceSnapshot Rewind(InstanceSnapshot instance, Func<IReadOnlyList<HistoryEvent>, bool> canReplay, string? reason)
    {
        var history = instance.History.Where(happened => happened is not ExecutionCompleted).ToList();
        for (var i = history.Count - 1; i >= 0; i--)
        {
            if (history[i] is not (TaskFailed or SubOrchestrationFailed))
                continue;
            var without = history.Where((_, at) => at != i).ToList();
            if (canReplay(without))
                history = without;
        }

        // The message makes it step, also when nothing else happens.
        return instance with { History = history, Inbox = [.. instance.Inbox, new ResumeMessage(reason)] };
    }
}
