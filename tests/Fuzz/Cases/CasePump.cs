namespace Darkroom.Fuzz.Cases;

/// <summary>
/// Runs asynchronous code on one thread. So a case has the same order of steps in every run, and what it allocates is counted on this
/// thread.
/// </summary>
internal sealed class CasePump : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Step, object? State)> _due = new();

    /// <summary>Runs the steps of a task until it has ended and no step is left. Throws what the task threw.</summary>
    public void Complete(Task task)
    {
        while (TryTake(task, out var next))
            next.Step(next.State);
        task.GetAwaiter().GetResult();
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_due)
        {
            _due.Enqueue((d, state));
            Monitor.Pulse(_due);
        }
    }

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    public override SynchronizationContext CreateCopy() => this;

    private bool TryTake(Task task, out (SendOrPostCallback Step, object? State) next)
    {
        lock (_due)
        {
            while (!_due.TryDequeue(out next))
            {
                if (task.IsCompleted)
                    return false;
                // A timer or a pool thread may end the task without a step on this thread.
                Monitor.Wait(_due, TimeSpan.FromMilliseconds(20));
            }
        }

        return true;
    }
}
