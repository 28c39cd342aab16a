using Darkroom.Jobs.Submit;
using Microsoft.Azure.Functions.Worker;

namespace Darkroom.Jobs;

/// <summary>
/// Writes a ledger entry for a job that ended without a submit, so that its id stays known after everything else was purged.
/// </summary>
public sealed class RememberJob(Ledger ledger, TimeProvider time)
{
    /// <summary>Writes the entry, unless the task already has one.</summary>
    [Function(nameof(RememberJob))]
    public Task RunAsync([ActivityTrigger] JobTicket ticket, CancellationToken cancellation) => ledger.TryBeginAsync(
        ticket.JobId, ticket.Task, new LedgerEntry
        {
            Attempt = ticket.Attempt,
            State = LedgerState.Refused,
            At = time.GetUtcNow(),
            Reason = "It ended before it was submitted.",
        }, cancellation);
}
