using Azure;
using Darkroom.Storage;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace Darkroom.Jobs.Submit;

/// <summary>The ledger with retries, for calls that must succeed even if storage is away for about a minute.</summary>
public sealed partial class RetryingLedger(Ledger ledger, TimeProvider time, ILogger<RetryingLedger> log)
{
    private const int MaxRetries = 7;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);

    /// <summary>Writes the first entry of a task; null if there is already one.</summary>
    public Task<ETag?> TryBeginAsync(JobTicket ticket, LedgerEntry entry) =>
        RetryAsync(ticket, () => ledger.TryBeginAsync(ticket.JobId, ticket.Task, entry, CancellationToken.None));

    /// <summary>
    /// Replaces the entry that was read; null if it has changed since then, or if the write succeeded and only its answer was lost.
    /// </summary>
    public Task<ETag?> TryReplaceAsync(JobTicket ticket, LedgerEntry entry, ETag seen) =>
        RetryAsync(ticket, () => ledger.TryReplaceAsync(ticket.JobId, ticket.Task, entry, seen, CancellationToken.None));

    /// <summary>Reads the entry of a task; null if there is none.</summary>
    public Task<(LedgerEntry Entry, ETag Seen)?> ReadAsync(JobTicket ticket) =>
        RetryAsync(ticket, () => ledger.ReadAsync(ticket.JobId, ticket.Task, CancellationToken.None));

    /// <summary>
    /// Writes the outcome of a submit, and replaces an entry that knows less (<see cref="LedgerRules.Replaces"/>). Trouble with storage is
    /// only logged, because the result of the activity contains the outcome too.
    /// </summary>
    public async Task WriteOutcomeAsync(JobTicket ticket, LedgerEntry entry, ETag seen)
    {
        ArgumentNullException.ThrowIfNull(entry);
        try
        {
            while (await TryReplaceAsync(ticket, entry, seen) is null)
            {
                if (await ReadAsync(ticket) is not var (there, tag) || there == entry)
                    return;
                if (!LedgerRules.Replaces(entry, there))
                {
                    LogOverwritten(ticket.JobId, ticket.Task, entry.TaskId);
                    return;
                }

                // Another worker marked this submit as unknown. The outcome replaces that.
                seen = tag;
            }
        }
        catch (Exception failure) when (StorageTrouble.Is(failure))
        {
            LogWriteGivenUp(ticket.JobId, ticket.Task, StorageTrouble.Kind(failure));
        }
    }

    // Every try writes the identical entry. If a write succeeded and only its answer was lost, the run recognizes its entry by the content.
    private Task<T> RetryAsync<T>(JobTicket ticket, Func<Task<T>> call) =>
        new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(
                new RetryStrategyOptions
                {
                    ShouldHandle = failed => ValueTask.FromResult(failed.Outcome.Exception is { } failure && StorageTrouble.Is(failure)),
                    MaxRetryAttempts = MaxRetries,
                    Delay = FirstPause,
                    BackoffType = DelayBackoffType.Exponential,
                    OnRetry = failed =>
                    {
                        LogTrouble(ticket.JobId, ticket.Task, StorageTrouble.Kind(failed.Outcome.Exception!));
                        return default;
                    },
                })
            .Build()
            .ExecuteAsync(async _ => await call(), CancellationToken.None)
            .AsTask();

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "Job {JobId} task {Task}: the ledger could not be read or written ({Kind}); trying again.")]
    private partial void LogTrouble(string jobId, int task, string kind);

    [LoggerMessage(
        Level = LogLevel.Error,
            Message =
                "Job {JobId} task {Task}: the outcome of the submit could not be written to the ledger ({Kind}). It is in the "
                    + "durable history only.")]
    private partial void LogWriteGivenUp(string jobId, int task, string kind);

    [LoggerMessage(
        Level = LogLevel.Error,
            Message =
                "Job {JobId} task {Task}: another run or a later attempt wrote the ledger during the submit. Its task {TaskId} "
                    + "is in the durable history only.")]
    private partial void LogOverwritten(string jobId, int task, string? taskId);
}
