namespace Microsoft.DurableTask.Client;

/// <summary>Whether the sub-orchestrations of an instance are purged with it; not every host can.</summary>
public record PurgeInstanceOptions(bool Recursive = false);
