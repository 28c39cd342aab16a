using System.Collections.Concurrent;
using Darkroom.ModelScope.Requests;
using Darkroom.Settings;

namespace Darkroom.Jobs.Poll;

/// <summary>Makes the poll schedules of tasks from the learned durations of similar tasks.</summary>
public sealed class PollSchedules(TaskDurationStore durations, DarkroomSettings settings)
{
    // A plan costs time, because many candidates are compared. It is reused while the expectation changes by less than this fraction.
    private const double Nearly = 0.05;
    private readonly ConcurrentDictionary<string, (Expectation Usual, PollSchedule Schedule)> _known = new(StringComparer.Ordinal);

    /// <summary>The schedule for a request. The request is null if it can no longer be read.</summary>
    public async Task<PollSchedule> ForAsync(ImageRequest? image, CancellationToken cancellation)
    {
        var kind = image is null ? TaskKind.Unknown : TaskKind.Of(image);
        var usual = await durations.ExpectAsync(kind, cancellation);
        if (_known.TryGetValue(kind.Key, out var known) && IsNear(known.Usual, usual))
            return known.Schedule;
        var schedule = PollPlan.For(usual, settings.PollFloorSeconds, settings.PollIntervalSeconds);
        _known[kind.Key] = (usual, schedule);
        return schedule;
    }

    private static bool IsNear(Expectation one, Expectation other) =>
        Math.Abs(one.MeanSeconds - other.MeanSeconds) <= Nearly * Math.Min(one.SpreadSeconds, one.MeanSeconds)
        && Math.Abs(one.SpreadSeconds - other.SpreadSeconds) <= Nearly * one.SpreadSeconds;
}
