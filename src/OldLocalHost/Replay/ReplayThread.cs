namespace Darkroom.LocalHost.Replay;

/// <summary>
/// The one thread an orchestrator runs on, for the length of one run. Whatever its code awaits comes back here. Whoever comes back from
/// elsewhere, or after the run, was not durable: no replay could repeat it.
/// </summary>
internal sealed class ReplayThread(Action foreignContinuation) : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _queue = [];
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private bool _isOver;

    /// <summary>Whether the caller is where the orchestrator's code belongs.</summary>
    public bool IsHere => !_isOver && Environment.CurrentManagedThreadId == _thread;

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (IsHere)
            _queue.Enqueue((d, state));
        else
            foreignContinuation();
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("An orchestrator's code is not to be called from elsewhere.");

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Runs <paramref name="action"/> and everything it sets free, until nothing is left to do.</summary>
    public void Run(Action action)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            action();
            while (_queue.TryDequeue(out var next))
                next.Callback(next.State);
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    /// <summary>From here on nothing may come back.</summary>
    public void End() => _isOver = true;
}
