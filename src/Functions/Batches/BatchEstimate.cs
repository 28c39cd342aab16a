using Darkroom.Jobs.Poll;
using Darkroom.Settings;

namespace Darkroom.Batches;

/// <summary>What a batch will cost, and how long upstream will work on it.</summary>
/// <param name="LowestCredits">The cost if every picture has the lowest price.</param>
/// <param name="HighestCredits">The cost if every picture has the highest price.</param>
/// <param name="UpstreamSeconds">How long upstream needs for all pictures, one after the other.</param>
public sealed record BatchEstimate(decimal LowestCredits, decimal HighestCredits, double UpstreamSeconds)
{
    // Observed prices of calls. ModelScope publishes no price list by model and size.
    private const decimal Cheapest = 0.5m;
    private const decimal Dearest = 2m;

    /// <summary>Estimates a batch from the items that were read.</summary>
    public static async Task<BatchEstimate> OfAsync(BatchReading reading, TaskDurationStore durations, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(durations);
        double seconds = 0;
        foreach (var (kind, count) in reading.Kinds)
            seconds += count * (await durations.ExpectAsync(kind, cancellation)).MeanSeconds;
        return new BatchEstimate(reading.Total * Cheapest, reading.Total * Dearest, seconds);
    }

    /// <summary>How long the batch takes if it has all slots.</summary>
    public int SecondsWith(DarkroomSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return (int)Math.Ceiling(UpstreamSeconds / settings.Slots);
    }
}
