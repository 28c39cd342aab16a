namespace Microsoft.DurableTask;

/// <summary>Decides after each failure whether to try again. It is orchestrator code: it must be deterministic.</summary>
public delegate bool RetryHandler(RetryContext retryContext);
