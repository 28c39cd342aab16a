namespace Darkroom.Durable;

/// <summary>
/// Rounds waits to what a durable timer can do. The Azure Storage provider uses the delay of a queue message, in whole seconds, and cuts
/// off the fraction: a timer for 5.0 s that is queued a moment later fires after 4 s. So a wait is rounded to whole seconds, plus a margin.
/// </summary>
internal static class TimerResolution
{
    /// <summary>The shortest possible wait.</summary>
    public const double Seconds = 1;

    // The margin covers the time from the decision until the message is in its queue.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(0.3);

    /// <summary>
    /// The wait to request for an actual wait of about <paramref name="wait"/>. A wait of less than half a second stays unchanged and ends
    /// at once.
    /// </summary>
    public static TimeSpan Fit(TimeSpan wait) =>
        wait.TotalSeconds < Seconds / 2
            ? wait
            : TimeSpan.FromSeconds(Math.Round(wait.TotalSeconds, MidpointRounding.AwayFromZero)) + Margin;
}
