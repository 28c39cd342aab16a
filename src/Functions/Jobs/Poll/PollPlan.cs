using Darkroom.Durable;

namespace Darkroom.Jobs.Poll;

/// <summary>
/// When to look at a task.
/// <para>
/// A fixed loop looks too early most of the time and too late in the end. What is known of a kind of task is when it usually ends, give or
/// take: so nobody looks before, and from then on looks come at short, even steps across the time in which it probably ends. First look and
/// step are chosen together so that the expected lag, from the end of a task to the look that sees it, is the least that about three looks
/// can buy; a step is never shorter than the floor, or than a timer can be. Whoever takes longer than nearly all before is looked at at
/// growing steps, a tenth of
/// the time it took already, so that even a deadline of a day costs some dozens of looks.
/// </para>
/// </summary>
public static class PollPlan
{
    private const double MostLooks = 3;

    // The ends of a hundred tasks, in standard deviations: the middles of a hundred equal parts of a normal distribution, cut off where
    // tails are rumours.
    private static readonly double[] Ends = [
        .. Enumerable.Range(0, 100).Select(part => Math.Clamp(NormalQuantile((part + 0.5) / 100), -2.5, 2.5))];

    /// <summary>The plan for one task.</summary>
    /// <param name="usual">What is known of its kind.</param>
    /// <param name="floorSeconds">The shortest step.</param>
    /// <param name="fixedSeconds">An interval that replaces all of this.</param>
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
                if (looks <= MostLooks && lag < leastLag)
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

    // Acklam's approximation in its central and tail parts would be overkill: a logistic bend is within a hundredth here.
    private static double NormalQuantile(double share) => Math.Log(share / (1 - share)) / 1.702;
}

/// <summary>When to look at a task, in seconds since its submit was accepted.</summary>
/// <param name="FirstSeconds">The first look.</param>
/// <param name="StepSeconds">The step from look to look.</param>
/// <param name="SlowFromSeconds">From here on steps grow.</param>
/// <param name="Growth">The step as a part of the time that passed, from there on.</param>
/// <param name="FloorSeconds">The shortest step there may be.</param>
public sealed record PollSchedule(double FirstSeconds, double StepSeconds, double SlowFromSeconds, double Growth, double FloorSeconds)
{
    // A timer may fire so much before its time.
    private const double EarlySeconds = TimerResolution.Seconds;

    /// <summary>
    /// How long to wait until the next look. A look that came a little early was the first one: it is not repeated a moment later.
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

/// <summary>What is known of a kind of task.</summary>
/// <param name="MeanSeconds">How long it usually takes, from the accepted submit to its end.</param>
/// <param name="SpreadSeconds">Give or take, as a standard deviation.</param>
public sealed record Expectation(double MeanSeconds, double SpreadSeconds);
