using System.Collections.Concurrent;
using Darkroom.ModelScope.Requests;
using Darkroom.Settings;

namespace Darkroom.Jobs.Poll;

/// <summary>When to look at a task, from what was learned of tasks like it.</summary>
public sealed class PollSchedules(TaskDurationStore experience, DarkroomSettings settings)
{
    // A plan is the best of thousands that are compared, so it is kept as long as what is expected hardly changes.
    private const double Nearly = 0.05;
    private readonly ConcurrentDictionary<string, (Expectation Usual, PollSchedule Schedule)> _known = new(StringComparer.Ordinal);

    /// <summary>The schedule for a request; null where the request cannot be read any more.</summary>
    public async Task<PollSchedule> ForAsync(ImageRequest? image, CancellationToken cancellation)
    {
        var kind = image is null ? TaskKind.Unknown : TaskKind.Of(image);
        var usual = await experience.ExpectAsync(kind, cancellation);
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
