namespace Microsoft.DurableTask.Client;

/// <summary>Which finished instances are purged. Times are compared with the creation of the instance.</summary>
public record PurgeInstancesFilter(
    DateTimeOffset? CreatedFrom = null,
    DateTimeOffset? CreatedTo = null,
    IEnumerable<OrchestrationRuntimeStatus>? Statuses = null)
{
    /// <summary>The longest time for one call, which may then end incomplete; null for no limit. A host may ignore it.</summary>
    public TimeSpan? Timeout { get; init; }
}
