namespace Darkroom.Jobs.Submit;

/// <summary>
/// Blocks the submit of a job, so that the answer to a cancel can promise that nothing will be submitted. The ledger decides, because every
/// submit must write its claim there first.
/// </summary>
public sealed class SubmitBlock(Ledger ledger, TimeProvider time)
{
    /// <summary>Blocks every submit of this attempt that has not begun. Returns whether anything was submitted.</summary>
    public async Task<SubmitCertainty> BlockAsync(JobTicket ticket, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        var open = Enumerable.Range(0, ticket.Tasks).Where(task => !ticket.Kept.ContainsKey(task));
        var known = await Task.WhenAll(open.Select(task => BlockAsync(ticket.JobId, task, ticket.Attempt, cancellation)));
        return known.Append(SubmitCertainty.No).Max();
    }

    private async Task<SubmitCertainty> BlockAsync(string job, int task, int attempt, CancellationToken cancellation)
    {
        var first = new LedgerEntry
        {
            Attempt = attempt,
            State = LedgerState.Blocked,
            At = time.GetUtcNow(),
            Reason = "It was canceled before it was submitted.",
        };
        while (true)
        {
            if (await ledger.TryBeginAsync(job, task, first, cancellation) is not null)
                return SubmitCertainty.No;
            if (await ledger.ReadAsync(job, task, cancellation) is not var (there, seen))
                continue;
            if (LedgerRules.Block(there, attempt) is not { } block)
                return there.TaskId is not null
                    ? SubmitCertainty.Yes
                    : there.State == LedgerState.Purged
                    ? SubmitCertainty.No
                    : SubmitCertainty.Perhaps;
            if (block == there || await ledger.TryReplaceAsync(job, task, block, seen, cancellation) is not null)
                return block.TaskId is null ? SubmitCertainty.No : SubmitCertainty.Yes;
        }
    }
}
