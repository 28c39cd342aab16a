using Darkroom.Jobs.Submit;
using Microsoft.Azure.Functions.Worker;

namespace Darkroom.Jobs;

/// <summary>
/// Leaves a word in the ledger for a job that ended without ever being submitted, so that its id is known when all else was purged.
/// </summary>
public sealed class RememberJob(Ledger ledger, TimeProvider time)
{
    /// <summary>Leaves it, unless there is one.</summary>
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
