using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Darkroom.LocalHost.Client;

/// <summary>Which existing instances a start leaves alone.</summary>
internal static class Dedupe
{
    private static readonly OrchestrationRuntimeStatus[] RunningOnes =
        [OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Suspended];

    /// <summary>The states in which an instance is not replaced: by default while it is under way; a finished one is replaced without a word.</summary>
    /// <exception cref="ArgumentException">A name is no state, or the states contradict each other.</exception>
    public static IReadOnlyCollection<OrchestrationRuntimeStatus> Of(StartOrchestrationOptions? options)
    {
        if (options?.DedupeStatuses is not { } names)
            return RunningOnes;

        var statuses = new HashSet<OrchestrationRuntimeStatus>();
        foreach (var name in names)
        {
            if (!Enum.TryParse<OrchestrationRuntimeStatus>(name, ignoreCase: true, out var status) || !Enum.IsDefined(status))
                throw new ArgumentException($"Invalid orchestration runtime status: '{name}' for deduplication.", nameof(options));
            statuses.Add(status);
        }

        // A running instance in the way is terminated first; with Terminated among the states to leave alone that could never end.
        if (statuses.Contains(OrchestrationRuntimeStatus.Terminated) && !RunningOnes.All(statuses.Contains))
            throw new ArgumentException("Terminated may be among the states to leave alone only if Running, Pending and Suspended are too.", nameof(options));
        return statuses;
    }
}
