using Azure.Storage.Queues.Models;

namespace Darkroom.LocalHost.Queues;

/// <summary>Keeps a message hidden while its function runs, however long that takes.</summary>
internal sealed class MessageLease : IAsyncDisposable
{
    /// <summary>How long it stays hidden without a renewal: so long, too, after this process was killed.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(10);

    private readonly QueueStore _store;
    private readonly QueueMessage _message;
    private readonly TimeProvider _time;
    private readonly Action<Exception> _failed;
    private readonly CancellationTokenSource _over = new();
    private readonly Task _renewing;
    private string _receipt;

    public MessageLease(QueueStore store, QueueMessage message, TimeProvider time, Action<Exception> failed)
    {
        _store = store;
        _message = message;
        _time = time;
        _failed = failed;
        _receipt = message.PopReceipt;
        _renewing = RenewAsync();
    }

    /// <summary>Stops renewing, and gives the receipt that is good now.</summary>
    public async Task<string> EndAsync()
    {
        await _over.CancelAsync();
        await _renewing;
        return _receipt;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _over.Dispose();
    }

    private async Task RenewAsync()
    {
        while (await HalfHasPassedAsync())
        {
            try
            {
                // Not cancelled on the way: the receipt that the answer brings is the only good one then.
                _receipt = await _store.HideAsync(_message, _receipt, Length, CancellationToken.None);
            }
            catch (Exception exception) // whatever it was: there is time for another try, and the message only comes again otherwise
            {
                _failed(exception);
            }
        }
    }

    private async Task<bool> HalfHasPassedAsync()
    {
        try
        {
            await Task.Delay(Length / 2, _time, _over.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
