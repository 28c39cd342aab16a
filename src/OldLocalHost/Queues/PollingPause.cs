namespace Darkroom.LocalHost.Queues;

/// <summary>How long to leave an empty queue alone: longer each time, and never twice the same, so that many listeners do not look at once.</summary>
/// <param name="longest">No pause is longer.</param>
/// <param name="random">Draws from 0 to 1.</param>
internal sealed class PollingPause(TimeSpan longest, Func<double> random)
{
    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    private int _looks;

    /// <summary>Something was there: look again soon.</summary>
    public void Reset() => _looks = 0;

    public TimeSpan Next()
    {
        // Beyond 2^30 of them it is the longest anyway.
        var pause = Shortest * Math.Pow(2, Math.Min(_looks++, 30)) * (0.8 + (0.4 * random()));
        return pause < Shortest ? Shortest : pause > longest ? longest : pause;
    }
}
