namespace Darkroom.Simulator.Tasks;

/// <summary>
/// Computes when a task begins, given the number of slots. The end of every task is known when it is accepted, so the queue needs no
/// timers and no threads, even with ten thousand waiting tasks.
/// </summary>
internal sealed class SlotSchedule
{
    private readonly PriorityQueue<DateTimeOffset, DateTimeOffset> _busyUntil = new();

    public bool HasFreeSlot(int slots, DateTimeOffset now)
    {
        Forget(now);
        return _busyUntil.Count < slots;
    }

    /// <summary>Takes the next free slot and returns the time when the task begins.</summary>
    public DateTimeOffset Take(int slots, DateTimeOffset now, TimeSpan duration)
    {
        Forget(now);
        var begins = now;
        // The task begins when the number of earlier tasks that still run is less than the number of slots.
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
