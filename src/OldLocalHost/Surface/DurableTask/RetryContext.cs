namespace Microsoft.DurableTask;

/// <summary>What a retry handler knows: the number and failure of the last attempt and the time spent since the first.</summary>
public record RetryContext(
    TaskOrchestrationContext OrchestrationContext,
    int LastAttemptNumber,
    TaskFailureDetails LastFailure,
    TimeSpan TotalRetryTime,
    CancellationToken CancellationToken);
