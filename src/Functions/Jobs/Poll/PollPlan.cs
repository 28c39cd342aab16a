using Darkroom.Durable;

namespace Darkroom.Jobs.Poll;

/// <summary>
/// When to look at a task.
/// <para>
/// A fixed interval looks too early most of the time and too late at the end. For each kind of task, the usual end and its spread are
/// known. So no look comes earlier; from then on, looks follow in short, equal steps across the time in which the task probably ends. The
/// first look and the step are chosen together: they give the smallest expected lag, from the end of a task to the look that sees it, for
/// about three looks. A step is never shorter than the floor or than the resolution of timers. If a task takes longer than nearly all
/// before it, the steps grow to a tenth of the time that has passed, so that even a deadline of a day costs only some dozens of looks.
/// </para>
/// </summary>
public static class PollPlan
{
    private const double MaxLooks = 3;

    // The ends of a hundred tasks, in standard deviations from the mean: the midpoints of a hundred equal shares of a normal distribution.
    // They are clamped, because the far tails of real durations are not known.
    private static readonly double[] Ends = [
        .. Enumerable.Range(0, 100).Select(part => Math.Clamp(NormalQuantile((part + 0.5) / 100), -2.5, 2.5))];

    /// <summary>The schedule for one task.</summary>
    /// <param name="usual">The expected duration of its kind.</param>
    /// <param name="floorSeconds">The shortest step.</param>
    /// <param name="fixedSeconds">A fixed interval that replaces the plan; null for none.</param>
    public static PollSchedule For(Expectation usual, double floorSeconds, double? fixedSeconds)
    {
        ArgumentNullException.ThrowIfNull(usual);
        if (fixedSeconds is { } interval)
            return new PollSchedule(interval, interval, double.MaxValue, Growth: 0, floorSeconds);

        var spread = Math.Max(usual.SpreadSeconds, 0.02 * usual.MeanSeconds);
        var (first, step) = Best(spread, Math.Max(floorSeconds, TimerResolution.Seconds));
        return new PollSchedule(
            Math.Max(floorSeconds, usual.MeanSeconds + first), step, usual.MeanSeconds + (2.5 * spread), Growth: 0.1, floorSeconds);
    }

    private static (double First, double Step) Best(double spread, double floor)
    {
        var best = (First: 0.0, Step: Math.Max(floor, spread));
        var leastLag = double.MaxValue;
        for (var tenth = 3; tenth <= 20; tenth++)
        {
            var step = Math.Max(floor, spread * tenth / 10);
            for (var at = -20; at <= 25; at++)
            {
                var first = spread * at / 10;
                var (lag, looks) = Expected(first, step, spread);
                if (looks <= MaxLooks && lag < leastLag)
                    (leastLag, best) = (lag, (first, step));
            }
        }

        return best;
    }

    private static (double Lag, double Looks) Expected(double first, double step, double spread)
    {
        double lag = 0, looks = 0;
        foreach (var end in Ends)
        {
            var late = (end * spread) - first;
            var missed = late <= 0 ? 0 : Math.Ceiling(late / step);
            lag += (missed * step) - late;
            looks += missed + 1;
        }

        return (lag / Ends.Length, looks / Ends.Length);
    }

    // A logistic approximation is enough: here its error is within a hundredth.
    private static double NormalQuantile(double share) => Math.Log(share / (1 - share)) / 1.702;
}

/// <summary>When to look at a task, in seconds since its submit was accepted.</summary>
/// <param name="FirstSeconds">When the first look is due.</param>
/// <param name="StepSeconds">The step between looks.</param>
/// <param name="SlowFromSeconds">When the steps begin to grow.</param>
/// <param name="Growth">The step as a fraction of the time since the submit, from then on.</param>
/// <param name="FloorSeconds">The shortest step allowed.</param>
public sealed record PollSchedule(double FirstSeconds, double StepSeconds, double SlowFromSeconds, double Growth, double FloorSeconds)
{
    // How early a timer may fire.
    private const double EarlySeconds = TimerResolution.Seconds;

    /// <summary>
    /// How long to wait until the next look. A first look that comes slightly early counts as the first look and is not repeated.
    /// </summary>
    public TimeSpan Next(TimeSpan sinceSubmit)
    {
        var passed = Math.Max(0, sinceSubmit.TotalSeconds);
        if (passed < FirstSeconds - Math.Min(EarlySeconds, FirstSeconds / 2))
            return TimeSpan.FromSeconds(FirstSeconds - passed);
        return TimeSpan.FromSeconds(passed < SlowFromSeconds ? StepSeconds : Math.Max(StepSeconds, passed * Growth));
    }

    /// <summary>How long to wait before a picture that could not be fetched is fetched again.</summary>
    public TimeSpan AfterFetches(int fetches) => TimeSpan.FromSeconds(FloorSeconds * (1 << Math.Min(fetches, 10)));
}

/// <summary>The expected duration of a kind of task.</summary>
/// <param name="MeanSeconds">How long it usually takes, from the accepted submit to its end.</param>
/// <param name="SpreadSeconds">The standard deviation of that time.</param>
public sealed record Expectation(double MeanSeconds, double SpreadSeconds);
