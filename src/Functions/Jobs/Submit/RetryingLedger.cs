using Azure;
using Darkroom.Storage;
using Microsoft.Extensions.Logging;

namespace Darkroom.Jobs.Submit;

/// <summary>The ledger, for who must get through: storage that is away comes back within a minute or so.</summary>
public sealed partial class RetryingLedger(Ledger ledger, TimeProvider time, ILogger<RetryingLedger> log)
{
    private const int Tries = 8;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);

    /// <summary>Writes the first entry of a task; null when there is one already.</summary>
    public Task<ETag?> TryBeginAsync(JobTicket ticket, LedgerEntry entry) =>
        PatientlyAsync(ticket, () => ledger.TryBeginAsync(ticket.JobId, ticket.Task, entry, CancellationToken.None));

    /// <summary>
    /// Replaces the entry that was seen; null when somebody else did so first, or when it was written and only the answer got lost.
    /// </summary>
    public Task<ETag?> TryReplaceAsync(JobTicket ticket, LedgerEntry entry, ETag seen) =>
        PatientlyAsync(ticket, () => ledger.TryReplaceAsync(ticket.JobId, ticket.Task, entry, seen, CancellationToken.None));

    /// <summary>What the ledger says of a task; null when it was never submitted.</summary>
    public Task<(LedgerEntry Entry, ETag Seen)?> ReadAsync(JobTicket ticket) =>
        PatientlyAsync(ticket, () => ledger.ReadAsync(ticket.JobId, ticket.Task, CancellationToken.None));

    /// <summary>
    /// Writes down what became of a submit, over whatever knows less of it (<see cref="LedgerRules.Replaces"/>). Never fails: what happened
    /// is in
    /// the result of the activity too.
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

                // Another worker had given this one up for lost; here is what it was waiting for.
                seen = tag;
            }
        }
        catch (Exception failure) when (StorageTrouble.Is(failure))
        {
            LogWriteGivenUp(ticket.JobId, ticket.Task, StorageTrouble.Kind(failure));
        }
    }

    // Again and again with the very same entry: one that was written, and whose answer got lost, is known again by what it says.
    private async Task<T> PatientlyAsync<T>(JobTicket ticket, Func<Task<T>> call)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (Exception failure) when (StorageTrouble.Is(failure) && attempt < Tries)
            {
                LogTrouble(ticket.JobId, ticket.Task, StorageTrouble.Kind(failure));
                using var pause = new PeriodicTimer(FirstPause * (1 << attempt), time);
                await pause.WaitForNextTickAsync(CancellationToken.None);
            }
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "The ledger of job {JobId} task {Task} could not be used ({Kind}); it is tried again.")]
    private partial void LogTrouble(string jobId, int task, string kind);

    [LoggerMessage(
        Level = LogLevel.Error,
            Message =
                "The ledger of job {JobId} task {Task} could not be written ({Kind}); what came of the submit is known to its "
                    + "orchestration only.")]
    private partial void LogWriteGivenUp(string jobId, int task, string kind);

    [LoggerMessage(
        Level = LogLevel.Error,
            Message =
                "The ledger of job {JobId} task {Task} was written by a later attempt while this one was being posted; its task {TaskId} "
                    + "is in the durable history only.")]
    private partial void LogOverwritten(string jobId, int task, string? taskId);
}
