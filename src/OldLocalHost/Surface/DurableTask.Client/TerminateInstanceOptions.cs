namespace Microsoft.DurableTask.Client;

/// <summary>The output an instance is left with when it is terminated, and whether its sub-orchestrations end with it.</summary>
public record TerminateInstanceOptions(object? Output = null, bool Recursive = false);
