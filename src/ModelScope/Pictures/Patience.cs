namespace Darkroom.ModelScope.Pictures;

/// <summary>How long a transfer may be silent, and how long it may take in all.</summary>
internal sealed class Patience : IDisposable
{
    private readonly TimeSpan _idle;
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly TimeSpan _total;
    private CancellationTokenSource _silence;

    public Patience(TimeSpan idle, TimeSpan total, TimeProvider time)
    {
        _idle = idle;
        _total = total;
        _time = time;
        _started = time.GetTimestamp();
        _silence = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
    }

    /// <summary>Reads once; a host that stays silent too long, or drips for too long, is a <see cref="TimeoutException"/>.</summary>
    public async ValueTask<int> WaitAsync(Stream source, Memory<byte> buffer, CancellationToken cancellation)
    {
        var left = _total - _time.GetElapsedTime(_started);
        if (left <= TimeSpan.Zero)
            throw new TimeoutException();

        // One source serves all reads of a transfer: a new one for each would be most of its garbage.
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
