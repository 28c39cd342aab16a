namespace Microsoft.Azure.Functions.Worker;

/// <summary>How often the event has been tried before, and how often it will be tried at most.</summary>
public abstract class RetryContext
{
    public abstract int RetryCount { get; }

    public abstract int MaxRetryCount { get; }
}
