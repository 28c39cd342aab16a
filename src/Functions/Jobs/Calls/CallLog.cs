using Darkroom.Requests;
using Darkroom.Storage;

namespace Darkroom.Jobs.Calls;

/// <summary>
/// Stores the recent calls of each caller and body in a small blob, so that a retry gets the job of the earlier try: also when another
/// instance received that try, or after a crash.
/// </summary>
public sealed class CallLog(Containers containers, TimeProvider time) : IDisposable
{
    // Many identical requests at once would compete for one blob, so they take turns within this worker.
    private const int Lanes = 16;

    private readonly SemaphoreSlim[] _lanes = [.. Enumerable.Range(0, Lanes).Select(_ => new SemaphoreSlim(1, 1))];
    private readonly WaitingTries _waiting = new();

    /// <summary>The name of the blob with the recent calls.</summary>
    public static string NameOf(string? caller, string requestHash) => $"calls/{CanonicalRequest.Hash($"{caller}\n{requestHash}")}.json";

    /// <summary>
    /// Decides which job a request gets, before that job is started. The try counts as waiting until <see cref="EndAsync"/>.
    /// </summary>
    /// <param name="ticket">The job that is started if the request is a call of its own.</param>
    /// <param name="mark">What the client says about retries.</param>
    /// <param name="cancellation">Cancels the decision.</param>
    public async Task<CallTicket> BeginAsync(JobTicket ticket, RetryMark mark, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        var name = NameOf(ticket.Caller, ticket.RequestHash);
        var fresh = new CallTry(ticket.JobId, _waiting.Worker, time.GetUtcNow().UtcDateTime, TryState.Waiting);
        var blob = BlobOf(name);
        CallTry? entered = null;
        try
        {
            // Most calls are the first of their body, so the first write expects no blob and saves a read.
            var start = mark == RetryMark.Retry ? await blob.ReadAsync(cancellation) : StoredHistory.None;
            await ChangeAsync(blob, start, history =>
            {
                Leave(ref entered);
                // A write whose answer was lost is found here by the second look.
                var own = history.Tries.FirstOrDefault(one => one.JobId == fresh.JobId);
                var (next, chosen) = own is null ? history.Begin(fresh, mark, _waiting.Knows) : (history, own);
                _waiting.Enter(chosen.JobId);
                entered = chosen;
                return next;
            }, cancellation);
        }
        catch
        {
            Leave(ref entered);
            throw;
        }

        return new CallTicket(name, entered!, IsRepeat: entered!.JobId != fresh.JobId);
    }

    /// <summary>Records how a try ended.</summary>
    public async Task EndAsync(CallTicket call, TryState state, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(call);
        var isLast = _waiting.Leave(call.Try.JobId);
        // If a retry already waits, the call is still open, unless the client got its answer now.
        if (isLast || state == TryState.Answered)
        {
            var now = time.GetUtcNow().UtcDateTime;
            var blob = BlobOf(call.Name);
            await ChangeAsync(blob, await blob.ReadAsync(cancellation), history => history.End(call.Try, state, now), cancellation);
        }
    }

    public void Dispose()
    {
        foreach (var lane in _lanes)
            lane.Dispose();
    }

    private void Leave(ref CallTry? entered)
    {
        if (entered is not null)
            _waiting.Leave(entered.JobId);
        entered = null;
    }

    private async Task ChangeAsync(
        HistoryBlob blob, StoredHistory stored, Func<CallHistory, CallHistory> change, CancellationToken cancellation)
    {
        var lane = _lanes[(uint)blob.Name.GetHashCode(StringComparison.Ordinal) % Lanes];
        await lane.WaitAsync(cancellation);
        try
        {
            await blob.ChangeAsync(stored, change, cancellation);
        }
        finally
        {
            lane.Release();
        }
    }

    private HistoryBlob BlobOf(string name) => new(containers.Jobs.GetBlobClient(name));
}

/// <summary>A call that has begun.</summary>
/// <param name="Name">The blob of its history.</param>
/// <param name="Try">The try, with the id of the job.</param>
/// <param name="IsRepeat">Whether the job belongs to an earlier try.</param>
public sealed record CallTicket(string Name, CallTry Try, bool IsRepeat);
