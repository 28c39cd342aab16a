using Microsoft.DurableTask.Client;

namespace Darkroom.LocalHost.Instances;

/// <summary>Which instances are asked for.</summary>
internal sealed record InstanceQuery
{
    public string Prefix { get; init; } = "";

    public DateTime? CreatedFrom { get; init; }

    public DateTime? CreatedTo { get; init; }

    /// <summary>None means all.</summary>
    public IReadOnlyCollection<OrchestrationRuntimeStatus>? Statuses { get; init; }

    /// <summary>A prefix narrows more than a time does: with both, ids lead.</summary>
    public bool IsByTime => Prefix.Length == 0 && (CreatedFrom is not null || CreatedTo is not null);

    public bool Fits(DateTime createdAt, string id) =>
        id.StartsWith(Prefix, StringComparison.Ordinal) && !(createdAt < CreatedFrom) && !(createdAt > CreatedTo);

    /// <summary>Whether nothing that comes later in the order can fit.</summary>
    public bool IsPast(DateTime createdAt, string id) =>
        IsByTime ? createdAt > CreatedTo : Prefix.Length > 0 && !id.StartsWith(Prefix, StringComparison.Ordinal) && string.CompareOrdinal(id, Prefix) > 0;
}
