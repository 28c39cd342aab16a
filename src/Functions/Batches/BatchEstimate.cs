using Darkroom.Jobs.Poll;
using Darkroom.Settings;

namespace Darkroom.Batches;

/// <summary>What a batch will cost, and how long upstream will work on it.</summary>
/// <param name="LeastCredits">If every picture is of the cheap kind.</param>
/// <param name="MostCredits">If every picture is of the dear kind.</param>
/// <param name="UpstreamSeconds">What upstream needs for all of it, one after the other.</param>
public sealed record BatchEstimate(decimal LeastCredits, decimal MostCredits, double UpstreamSeconds)
{
    // What calls are seen to cost; ModelScope does not publish a price list by model and size.
    private const decimal Cheapest = 0.5m;
    private const decimal Dearest = 2m;

    /// <summary>The estimate for what was read.</summary>
    public static async Task<BatchEstimate> OfAsync(BatchReading reading, TaskDurationStore experience, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(experience);
        double seconds = 0;
        foreach (var (kind, count) in reading.Kinds)
            seconds += count * (await experience.ExpectAsync(kind, cancellation)).MeanSeconds;
        return new BatchEstimate(reading.Total * Cheapest, reading.Total * Dearest, seconds);
    }

    /// <summary>How long it takes if it has all slots.</summary>
    public int SecondsWith(DarkroomSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return (int)Math.Ceiling(UpstreamSeconds / settings.Slots);
    }
}
