using System.Collections.Concurrent;
using Darkroom.Simulator.Scenarios;

namespace Darkroom.Simulator.Tasks;

/// <summary>Stores the accepted tasks and schedules new ones.</summary>
public sealed class TaskBook
{
    private readonly ConcurrentDictionary<string, SimulatedTask> _tasks = new();
    private readonly SlotSchedule _slots = new();
    private readonly Lock _scheduling = new();
    private readonly TimeProvider _time;
    private long _lastId;

    internal TaskBook(TimeProvider time)
    {
        _time = time;
        // Ids start at the current time, so that a restarted simulator does not reuse the id of an old task.
        _lastId = time.GetUtcNow().ToUnixTimeMilliseconds();
    }

    /// <summary>Every accepted task, the oldest first.</summary>
    public IReadOnlyList<SimulatedTask> All =>
        [.. _tasks.Values.OrderBy(task => task.SubmittedAt).ThenBy(task => task.Id, StringComparer.Ordinal)];

    /// <summary>Returns null if no task has the id.</summary>
    public SimulatedTask? Find(string id) => _tasks.GetValueOrDefault(id);

    internal bool HasFreeSlot(SimulatorSettings settings)
    {
        lock (_scheduling)
            return _slots.HasFreeSlot(settings.Slots, _time.GetUtcNow());
    }

    internal SimulatedTask Accept(SubmittedBody body, TaskTwists twists, SimulatorSettings settings)
    {
        var width = Math.Clamp(body.Width, settings.SmallestSide, settings.LargestSide);
        var height = Math.Clamp(body.Height, settings.SmallestSide, settings.LargestSide);
        lock (_scheduling)
        {
            var id = ++_lastId;
            var now = _time.GetUtcNow();
            var duration = Duration(settings, width, height, id);
            var begins = _slots.Take(settings.Slots, now, duration);
            var task = new SimulatedTask
            {
                Id = id.ToString(),
                RequestId = Guid.NewGuid().ToString(),
                Body = body,
                // If the seed is absent or 0, upstream chooses one and reports it.
                Seed = body.Seed is null or 0 ? (int)(Scatter(id) >> 33) : body.Seed.Value,
                Width = width,
                Height = height,
                SubmittedAt = now,
                BeginsAt = begins,
                EndsAt = begins + duration,
                Twists = twists,
            };
            _tasks[task.Id] = task;
            return task;
        }
    }

    /// <summary>Ends all running and waiting tasks now, and frees all slots.</summary>
    public void FinishAll()
    {
        lock (_scheduling)
        {
            var now = _time.GetUtcNow();
            foreach (var task in _tasks.Values.Where(task => task.EndsAt > now))
                task.Finish(now);
            _slots.Clear();
        }
    }

    internal void Clear()
    {
        lock (_scheduling)
        {
            _tasks.Clear();
            _slots.Clear();
        }
    }

    private static TimeSpan Duration(SimulatorSettings settings, int width, int height, long id)
    {
        if (settings.Speed <= 0)
            return TimeSpan.Zero;

        var usual = settings.Seconds is { } seconds ? TimeSpan.FromSeconds(seconds) : GenerationTime.For(width, height);
        var stray = ((Scatter(id) >> 11) * (1.0 / (1UL << 53)) * 2) - 1;
        return usual * (1 + (settings.Spread * stray)) / settings.Speed;
    }

    // SplitMix64: turns consecutive ids into numbers that look random.
    private static ulong Scatter(long id)
    {
        var z = unchecked((ulong)id * 0x9E3779B97F4A7C15);
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return z ^ (z >> 31);
    }
}
