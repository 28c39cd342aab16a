using Microsoft.DurableTask;

namespace Darkroom.LocalHost.Replay;

/// <summary>Calls something again after failures, as a policy or a handler says. Runs as part of the orchestrator's code: its waits are durable timers.</summary>
internal static class Retries
{
    public static Task<T> Run<T>(TaskOrchestrationContext context, TaskRetryOptions? retry, Func<Task<T>> attempt) => retry switch
    {
        { Policy: { } policy } => ByPolicy(context, policy, attempt),
        { Handler: { } handler } => ByHandler(context, handler, attempt),
        _ => attempt(),
    };

    private static async Task<T> ByPolicy<T>(TaskOrchestrationContext context, RetryPolicy policy, Func<Task<T>> attempt)
    {
        var first = context.CurrentUtcDateTime;
        for (var number = 1; ; number++)
        {
            try
            {
                return await attempt();
            }
            catch (TaskFailedException failure) when (number < policy.MaxNumberOfAttempts && MayRetry(context, policy, failure, first))
            {
                // Falls through to the pause: an await is not allowed to stand in the filter, and reads worse in here.
            }

            await context.CreateTimer(Pause(policy, number), CancellationToken.None);
        }
    }

    private static async Task<T> ByHandler<T>(TaskOrchestrationContext context, AsyncRetryHandler handler, Func<Task<T>> attempt)
    {
        var first = context.CurrentUtcDateTime;
        for (var number = 1; ; number++)
        {
            TaskFailedException failure;
            try
            {
                return await attempt();
            }
            catch (TaskFailedException exception)
            {
                failure = exception;
            }

            var about = new RetryContext(context, number, failure.FailureDetails, context.CurrentUtcDateTime - first, CancellationToken.None);
            if (!await handler(about))
                throw failure;
        }
    }

    private static bool MayRetry(TaskOrchestrationContext context, RetryPolicy policy, TaskFailedException failure, DateTime first)
    {
        if (policy.RetryTimeout != Timeout.InfiniteTimeSpan && context.CurrentUtcDateTime >= first + policy.RetryTimeout)
            return false;

        try
        {
            return policy.ShouldRetry(failure.FailureDetails);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // As in the real engine: who cannot say whether to retry has said no.
            return false;
        }
    }

    private static TimeSpan Pause(RetryPolicy policy, int number)
    {
        var pause = policy.FirstRetryInterval.TotalMilliseconds * Math.Pow(policy.BackoffCoefficient, number - 1);
        var longest = policy.MaxRetryInterval == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : policy.MaxRetryInterval;
        return pause < longest.TotalMilliseconds ? TimeSpan.FromMilliseconds(pause) : longest;
    }
}
