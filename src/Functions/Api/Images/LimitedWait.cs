namespace Darkroom.Api.Images;

/// <summary>Waits between reads of an instance, up to a total time. The limit never cancels a read.</summary>
internal sealed class LimitedWait(
    JobSignals.Follower follower, TimeSpan longest, TimeProvider time, CancellationToken cancellation) : IDisposable
{
    private readonly CancellationTokenSource _enough = new(longest, time);

    /// <summary>Waits for the next read; false when the time is up.</summary>
    public async Task<bool> NextLookAsync()
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_enough.Token, cancellation);
        try
        {
            await follower.NextLookAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    public void Dispose()
    {
        follower.Dispose();
        _enough.Dispose();
    }
}
