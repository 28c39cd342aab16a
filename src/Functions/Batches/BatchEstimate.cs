using Darkroom.Jobs.Poll;
using Darkroom.Settings;
using Darkroom.Usage;

namespace Darkroom.Batches;

/// <summary>What a batch will cost, and how long upstream will work on it.</summary>
/// <param name="Credits">What its items cost.</param>
/// <param name="UpstreamSeconds">How long upstream needs for all pictures, one after the other.</param>
public sealed record BatchEstimate(CreditRange Credits, double UpstreamSeconds)
{
    /// <summary>Estimates a batch from the items that were read.</summary>
    public static async Task<BatchEstimate> OfAsync(BatchReading reading, TaskDurationStore durations, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(durations);
        double seconds = 0;
        foreach (var (kind, count) in reading.Kinds)
            seconds += count * (await durations.ExpectAsync(kind, cancellation)).MeanSeconds;
        return new BatchEstimate(CreditRange.Of(reading.Total, reading.Total), seconds);
    }

    /// <summary>How long the batch takes if it has all slots.</summary>
    public int SecondsWith(DarkroomSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return (int)Math.Ceiling(UpstreamSeconds / settings.Slots);
    }
}
