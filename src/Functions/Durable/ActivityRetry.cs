using Microsoft.DurableTask;

namespace Darkroom.Durable;

/// <summary>
/// The retry policies of activities. A temporary failure of storage must not end an orchestration. A retry is safe, because an activity
/// finds what an earlier run of it has done.
/// </summary>
internal static class ActivityRetry
{
    /// <summary>Retries for some seconds, for activities that are called again soon anyway.</summary>
    public static readonly TaskOptions Brief = TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromSeconds(1), 2));

    /// <summary>Retries for about a quarter of an hour.</summary>
    public static readonly TaskOptions Options = TaskOptions.FromRetryPolicy(
        new RetryPolicy(20, TimeSpan.FromSeconds(1), 2, TimeSpan.FromMinutes(1)));
}
