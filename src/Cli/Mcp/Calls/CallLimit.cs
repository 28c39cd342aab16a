namespace Darkroom.Cli.Mcp.Calls;

/// <summary>
/// Limits the time of one tool call. Many clients give up on a call after 60 s, and the assistant would then not know the job's id.
/// </summary>
internal sealed class CallLimit : IDisposable
{
    /// <summary>How long a call may wait for a job, in seconds. The rest of the time is for thumbnails and the answer.</summary>
    public const int MaxWaitSeconds = 45;

    private static readonly TimeSpan MaxCall = TimeSpan.FromSeconds(49);

    private readonly CancellationToken _canceled;
    private readonly CancellationTokenSource _timeout;
    private readonly CancellationTokenSource _either;

    public CallLimit(TimeProvider time, CancellationToken canceled)
    {
        _canceled = canceled;
        _timeout = new CancellationTokenSource(MaxCall, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(canceled, _timeout.Token);
    }

    /// <summary>Ends when the client cancels the call, or when its time is up.</summary>
    public CancellationToken Token => _either.Token;

    // The client still waits for an answer.
    private bool IsReached => _timeout.IsCancellationRequested && !_canceled.IsCancellationRequested;

    /// <summary>Whether the time limit caused the exception. An HTTP request that is cut off can also end with an I/O error.</summary>
    public bool Caused(Exception exception) =>
        IsReached && exception is (OperationCanceledException or HttpRequestException or IOException);

    public void Dispose()
    {
        _either.Dispose();
        _timeout.Dispose();
    }
}
