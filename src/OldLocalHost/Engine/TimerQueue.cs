namespace Darkroom.LocalHost.Engine;

/// <summary>
/// Everything that comes due some day, the earliest first. One timer of the clock is set for the whole queue, so that a hundred thousand
/// that wait cost memory and nothing else.
/// </summary>
internal sealed class TimerQueue : IDisposable
{
    // A clock's timer takes no more than some 49 days; who waits longer is looked at once in between.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(40);

    private readonly TimeProvider _time;
    private readonly Action<DueTimer> _fire;
    private readonly Lock _lock = new();
    private readonly PriorityQueue<DueTimer, DateTime> _queue = new();
    private readonly HashSet<DueTimer> _forgotten = [];
    private readonly ITimer _clock;

    public TimerQueue(TimeProvider time, Action<DueTimer> fire)
    {
        _time = time;
        _fire = fire;
        _clock = time.CreateTimer(_ => FireDue(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public int Count
    {
        get
        {
            lock (_lock)
                return _queue.Count - _forgotten.Count;
        }
    }

    public void Set(DueTimer timer, DateTime fireAt)
    {
        lock (_lock)
        {
            var isFirst = !_queue.TryPeek(out _, out var first) || fireAt < first;
            _queue.Enqueue(timer, fireAt);
            if (isFirst)
                Arm();
        }
    }

    /// <summary>Never fires <paramref name="timer"/>; it is thrown away when its time comes, or earlier when many are.</summary>
    public void Forget(DueTimer timer)
    {
        lock (_lock)
        {
            _forgotten.Add(timer);
            if (_forgotten.Count > 1024 && _forgotten.Count > _queue.Count / 2)
                Sweep();
        }
    }

    public void Dispose() => _clock.Dispose();

    private void FireDue()
    {
        var due = new List<DueTimer>();
        lock (_lock)
        {
            var now = _time.GetUtcNow().UtcDateTime;
            while (_queue.TryPeek(out var timer, out var fireAt) && fireAt <= now)
            {
                _queue.Dequeue();
                if (!_forgotten.Remove(timer))
                    due.Add(timer);
            }

            Arm();
        }

        foreach (var timer in due)
            _fire(timer);
    }

    private void Arm()
    {
        if (!_queue.TryPeek(out _, out var first))
            return;
        var wait = first - _time.GetUtcNow().UtcDateTime;
        _clock.Change(wait <= TimeSpan.Zero ? TimeSpan.Zero : wait > Longest ? Longest : wait + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
    }

    private void Sweep()
    {
        var kept = _queue.UnorderedItems.Where(item => !_forgotten.Contains(item.Element)).ToArray();
        _queue.Clear();
        _queue.EnqueueRange(kept);
        _forgotten.Clear();
    }
}

/// <summary>A durable timer, or without a number the time at which an instance is to be started.</summary>
internal readonly record struct DueTimer(string InstanceId, string ExecutionId, int? TimerId);
