namespace Darkroom.ModelScope.Pictures;

/// <summary>The two time limits of a transfer: the longest pause between bytes, and the total duration.</summary>
internal sealed class TransferTimeout : IDisposable
{
    private readonly TimeSpan _idle;
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly TimeSpan _total;
    private CancellationTokenSource _silence;

    public TransferTimeout(TimeSpan idle, TimeSpan total, TimeProvider time)
    {
        _idle = idle;
        _total = total;
        _time = time;
        _started = time.GetTimestamp();
        _silence = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
    }

    /// <summary>Reads once. It throws a <see cref="TimeoutException"/> if the pause or the whole transfer takes too long.</summary>
    public async ValueTask<int> WaitAsync(Stream source, Memory<byte> buffer, CancellationToken cancellation)
    {
        var left = _total - _time.GetElapsedTime(_started);
        if (left <= TimeSpan.Zero)
            throw new TimeoutException();

        // All reads of a transfer share one token source. A new one per read would be most of the allocations of a transfer.
        if (!_silence.TryReset())
            _silence = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _time);
        _silence.CancelAfter(left < _idle ? left : _idle);
        await using var caller = cancellation.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), _silence);
        try
        {
            return await source.ReadAsync(buffer, _silence.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException();
        }
        catch (OperationCanceledException)
        {
            throw new OperationCanceledException(cancellation);
        }
    }

    public void Dispose() => _silence.Dispose();
}
