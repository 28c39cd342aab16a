namespace Microsoft.DurableTask;

/// <summary>
/// Decides after each failure whether to try again, and may first await a durable timer. It is orchestrator code: it must be
/// deterministic.
/// </summary>
public delegate Task<bool> AsyncRetryHandler(RetryContext retryContext);
