namespace Microsoft.DurableTask;

/// <summary>
/// A declared way to retry a task. In LocalHost the public members <c>Handle</c> and <c>HandleAsync</c> are missing:
/// use <see cref="HandleFailure"/>.
/// </summary>
public class RetryPolicy
{
    private readonly Func<TaskFailureDetails, bool>? _handleFailure;

    /// <summary>
    /// Attempts include the first one. <see cref="Timeout.InfiniteTimeSpan"/> lifts the limit of <paramref name="maxRetryInterval"/> or
    /// <paramref name="retryTimeout"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// There is no attempt, the first interval is not positive, the coefficient is below 1, or a limit is below the first interval.
    /// </exception>
    public RetryPolicy(
        int maxNumberOfAttempts,
        TimeSpan firstRetryInterval,
        double backoffCoefficient = 1.0,
        TimeSpan? maxRetryInterval = null,
        TimeSpan? retryTimeout = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxNumberOfAttempts);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(firstRetryInterval, TimeSpan.Zero);
        if (backoffCoefficient < 1.0)
            throw new ArgumentOutOfRangeException(nameof(backoffCoefficient), backoffCoefficient, "Delays cannot shrink.");

        if (IsBelow(maxRetryInterval, firstRetryInterval))
            throw new ArgumentOutOfRangeException(nameof(maxRetryInterval), maxRetryInterval, "It is below the first interval.");

        if (IsBelow(retryTimeout, firstRetryInterval))
            throw new ArgumentOutOfRangeException(nameof(retryTimeout), retryTimeout, "It is below the first interval.");

        MaxNumberOfAttempts = maxNumberOfAttempts;
        FirstRetryInterval = firstRetryInterval;
        BackoffCoefficient = backoffCoefficient;
        MaxRetryInterval = maxRetryInterval ?? TimeSpan.FromHours(1);
        RetryTimeout = retryTimeout ?? Timeout.InfiniteTimeSpan;
    }

    public int MaxNumberOfAttempts { get; }

    public TimeSpan FirstRetryInterval { get; }

    public double BackoffCoefficient { get; }

    /// <summary>One hour unless given.</summary>
    public TimeSpan MaxRetryInterval { get; }

    /// <summary>Unlimited unless given. It bounds when a retry may be planned, counted from the first attempt.</summary>
    public TimeSpan RetryTimeout { get; }

    /// <summary>
    /// Says whether a failure is worth another attempt; the limits of number and time come first. Unset, every failure is.
    /// </summary>
    public Func<TaskFailureDetails, bool> HandleFailure
    {
        init => _handleFailure = value;
    }

    /// <summary>
    /// What the engine asks in place of the real package's <c>Handle</c>, which takes exception types that LocalHost does not declare.
    /// </summary>
    internal bool ShouldRetry(TaskFailureDetails failure) => _handleFailure?.Invoke(failure) ?? true;

    private static bool IsBelow(TimeSpan? limit, TimeSpan firstRetryInterval) =>
        limit < firstRetryInterval && limit != Timeout.InfiniteTimeSpan;
}
