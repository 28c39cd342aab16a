using Microsoft.DurableTask;

namespace Darkroom.Durable;

/// <summary>
/// How activities are retried: storage that is away for a while must not end anything, and what an activity did it finds again by itself.
/// </summary>
internal static class ActivityRetry
{
    /// <summary>Some seconds, for what is done again soon anyway.</summary>
    public static readonly TaskOptions Brief = TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromSeconds(1), 2));

    /// <summary>About a quarter of an hour.</summary>
    public static readonly TaskOptions Options = TaskOptions.FromRetryPolicy(
        new RetryPolicy(20, TimeSpan.FromSeconds(1), 2, TimeSpan.FromMinutes(1)));
}
