using Darkroom.LocalHost.Instances;
using Microsoft.DurableTask.Client;

namespace Darkroom.LocalHost.Client;

/// <summary>A client's filter, as the index wants it.</summary>
internal static class InstanceQueries
{
    /// <summary>The states in which nothing happens any more.</summary>
    public static IReadOnlyList<OrchestrationRuntimeStatus> Finished { get; } =
        [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    public static InstanceQuery Of(OrchestrationQuery? filter) => new()
    {
        Prefix = filter?.InstanceIdPrefix ?? "",
        CreatedFrom = filter?.CreatedFrom?.UtcDateTime,
        CreatedTo = filter?.CreatedTo?.UtcDateTime,
        Statuses = filter?.Statuses?.ToArray(),
    };
}
