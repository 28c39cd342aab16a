namespace Darkroom.Jobs.Poll;

/// <summary>The durations of tasks of one kind, as sums, so that the statistics of several workers can be added in any order.</summary>
public sealed record TaskStatistics(double Count, double Sum, double SumOfSquares)
{
    // Older tasks lose weight over time, because the speed of upstream changes over the weeks.
    private const double Enough = 200;
    private const double GuessWeighs = 3;

    public static TaskStatistics None { get; } = new(0, 0, 0);

    /// <summary>Adds one task.</summary>
    public TaskStatistics With(double seconds) => new(Count + 1, Sum + seconds, SumOfSquares + (seconds * seconds));

    /// <summary>Adds the statistics of another worker.</summary>
    public TaskStatistics Plus(TaskStatistics other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var both = new TaskStatistics(Count + other.Count, Sum + other.Sum, SumOfSquares + other.SumOfSquares);
        return both.Count <= Enough ? both : both.Times(Enough / 2 / both.Count);
    }

    /// <summary>The expected duration. The guess counts like a few observed tasks.</summary>
    public Expectation Expect(Expectation guess)
    {
        ArgumentNullException.ThrowIfNull(guess);
        if (Count <= 0)
            return guess;

        var all = new TaskStatistics(
            GuessWeighs,
            GuessWeighs * guess.MeanSeconds,
            GuessWeighs * ((guess.MeanSeconds * guess.MeanSeconds) + (guess.SpreadSeconds * guess.SpreadSeconds)));
        // With enough observed tasks, the guess no longer counts.
        var sum = Count >= 20 ? this : all.Plus(this);
        var mean = sum.Sum / sum.Count;
        var variance = Math.Max(0, (sum.SumOfSquares / sum.Count) - (mean * mean));
        return new Expectation(mean, Math.Sqrt(variance));
    }

    private TaskStatistics Times(double weight) => new(Count * weight, Sum * weight, SumOfSquares * weight);
}
