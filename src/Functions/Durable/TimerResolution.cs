namespace Darkroom.Durable;

/// <summary>
/// What a durable timer can do. The Azure Storage provider waits by the delay of a queue message, in whole seconds, and cuts off the rest:
/// a
/// timer for 5.0 s, put into the queue a moment later, fires after 4. So a wait is rounded to whole seconds, and asked for with a little
/// more.
/// </summary>
internal static class TimerResolution
{
    /// <summary>The least that can be waited for, besides not at all.</summary>
    public const double Seconds = 1;

    // From the decision until the message is in its queue.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(0.3);

    /// <summary>The wait to ask for, so that about <paramref name="wait"/> is waited. Less than half a second is none.</summary>
    public static TimeSpan Fit(TimeSpan wait) =>
        wait.TotalSeconds < Seconds / 2
            ? wait
            : TimeSpan.FromSeconds(Math.Round(wait.TotalSeconds, MidpointRounding.AwayFromZero)) + Margin;
}
