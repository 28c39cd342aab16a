namespace Darkroom.Simulator.Tasks;

/// <summary>
/// Says when a task begins, given how many run at once. Every end is known at the beginning, so the whole queue is arithmetic: no timers,
/// no threads, and ten thousand waiting tasks cost nothing.
/// </summary>
internal sealed class SlotSchedule
{
    private readonly PriorityQueue<DateTimeOffset, DateTimeOffset> _busyUntil = new();

    /// <summary>Whether a slot is free now.</summary>
    public bool HasFreeSlot(int slots, DateTimeOffset now)
    {
        Forget(now);
        return _busyUntil.Count < slots;
    }

    /// <summary>Takes the next slot and returns when the task begins in it.</summary>
    public DateTimeOffset Take(int slots, DateTimeOffset now, TimeSpan duration)
    {
        Forget(now);
        var begins = now;
        // As many as there are slots may overlap: the task begins when only one less is left.
        while (_busyUntil.Count >= Math.Max(1, slots))
            begins = _busyUntil.Dequeue();

        var ends = begins + duration;
        _busyUntil.Enqueue(ends, ends);
        return begins;
    }

    public void Clear() => _busyUntil.Clear();

    private void Forget(DateTimeOffset now)
    {
        while (_busyUntil.TryPeek(out var ends, out _) && ends <= now)
            _busyUntil.Dequeue();
    }
}
