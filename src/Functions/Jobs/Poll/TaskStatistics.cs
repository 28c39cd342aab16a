namespace Darkroom.Jobs.Poll;

/// <summary>How long tasks of one kind took, as sums, so that what several workers saw adds up in any order.</summary>
public sealed record TaskStatistics(double Count, double Sum, double SumOfSquares)
{
    // Older tasks count less and less: upstream gets faster and slower over the weeks.
    private const double Enough = 200;
    private const double GuessWeighs = 3;

    /// <summary>Nothing seen yet.</summary>
    public static TaskStatistics None { get; } = new(0, 0, 0);

    /// <summary>One task more.</summary>
    public TaskStatistics With(double seconds) => new(Count + 1, Sum + seconds, SumOfSquares + (seconds * seconds));

    /// <summary>What two have seen.</summary>
    public TaskStatistics Plus(TaskStatistics other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var both = new TaskStatistics(Count + other.Count, Sum + other.Sum, SumOfSquares + other.SumOfSquares);
        return both.Count <= Enough ? both : both.Times(Enough / 2 / both.Count);
    }

    /// <summary>What to expect, the guess counting like a few tasks that were seen.</summary>
    public Expectation Expect(Expectation guess)
    {
        ArgumentNullException.ThrowIfNull(guess);
        if (Count <= 0)
            return guess;

        var all = new TaskStatistics(
            GuessWeighs,
            GuessWeighs * guess.MeanSeconds,
            GuessWeighs * ((guess.MeanSeconds * guess.MeanSeconds) + (guess.SpreadSeconds * guess.SpreadSeconds)));
        // A guess is forgotten once there is plenty to know better from.
        var sum = Count >= 20 ? this : all.Plus(this);
        var mean = sum.Sum / sum.Count;
        var variance = Math.Max(0, (sum.SumOfSquares / sum.Count) - (mean * mean));
        return new Expectation(mean, Math.Sqrt(variance));
    }

    private TaskStatistics Times(double weight) => new(Count * weight, Sum * weight, SumOfSquares * weight);
}
