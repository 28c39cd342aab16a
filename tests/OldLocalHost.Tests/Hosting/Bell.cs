namespace Darkroom.LocalHost.Tests.Hosting;

/// <summary>Lets a test wait for something without looking again and again: whoever changes it rings.</summary>
internal sealed class Bell
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _rung = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Ring()
    {
        TaskCompletionSource rung;
        lock (_lock)
            (rung, _rung) = (_rung, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        rung.SetResult();
    }

    /// <summary>Waits until it is so; gives up after half a minute of real time.</summary>
    public async Task Until(Func<bool> isSo)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            Task rung;
            lock (_lock)
                rung = _rung.Task;
            if (isSo())
                return;
            await rung.WaitAsync(limit.Token);
        }
    }
}
