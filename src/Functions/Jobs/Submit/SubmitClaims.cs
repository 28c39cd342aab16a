using Azure;
using Darkroom.Settings;
using Microsoft.DurableTask.Client;

namespace Darkroom.Jobs.Submit;

/// <summary>
/// Claims the right to post a task, by a conditional write into its ledger. <see cref="LedgerRules"/> decides who may claim it.
/// </summary>
public sealed class SubmitClaims(RetryingLedger ledger, CancellationCheck check, DarkroomSettings settings, TimeProvider time)
{
    private const string Silence = "The worker that submitted it was not heard of again.";

    // A claim says when its POST begins, and other workers count from there.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    // What comes after the last byte of a POST: reading the answer, writing the ledger.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(20);

    private TimeSpan Longest => TimeSpan.FromSeconds(settings.SubmitTimeoutSeconds) + Slack;

    // A grace that is shorter than a submit can take would call a slow submit unknown. Zero is for a single worker, which knows that no
    // other one is posting.
    private TimeSpan Grace => settings.SubmitGraceSeconds == 0
        ? TimeSpan.Zero
        : TimeSpan.FromSeconds(Math.Max(settings.SubmitGraceSeconds, Longest.TotalSeconds));

    /// <summary>Claims the task, or says why it must not be posted.</summary>
    public async Task<ClaimResult> ClaimAsync(SubmitOrder order, DurableTaskClient client)
    {
        ArgumentNullException.ThrowIfNull(order);
        var ticket = order.Ticket;
        var claim = NewClaim(ticket);
        var seen = await ledger.TryBeginAsync(ticket, claim);
        while (true)
        {
            if (seen is not { } tag)
            {
                if (await ledger.ReadAsync(ticket) is not var (entry, there))
                    return new ClaimResult.Decided(new SubmitOutcome.NotMine());
                // Our own claim: it was written, and only the answer got lost.
                if (entry == claim)
                {
                    seen = there;
                    continue;
                }

                var judged = await JudgeAsync(order, entry, there);
                if (judged is not ClaimResult.Free)
                    return judged;
                tag = there;
            }
            else
            {
                if (!await IsWantedAsync(client, ticket, claim, tag))
                    return new ClaimResult.Decided(new SubmitOutcome.GivenUp());
                if (time.GetUtcNow() - claim.At < Fresh)
                    return new ClaimResult.Claimed(claim, tag);
            }

            // Storage may have delayed this run, and other workers count from the time of the claim: it has to be that of the POST.
            claim = claim with { At = time.GetUtcNow() };
            seen = await ledger.TryReplaceAsync(ticket, claim, tag);
        }
    }

    /// <summary>What the ledger says, for a run that must not post.</summary>
    public async Task<ClaimResult> LookUpAsync(SubmitOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        return await ledger.ReadAsync(order.Ticket) is var (entry, seen) ? await JudgeAsync(order, entry, seen) : new ClaimResult.Free();
    }

    private LedgerEntry NewClaim(JobTicket ticket) => new()
    {
        Attempt = ticket.Attempt,
        State = LedgerState.Submitting,
        At = time.GetUtcNow(),
        Run = Guid.NewGuid().ToString("N"),
        RequestHash = ticket.RequestHash,
    };

    private async Task<ClaimResult> JudgeAsync(SubmitOrder order, LedgerEntry entry, ETag seen)
    {
        var ticket = order.Ticket;
        // Another request under the same id: its task is not the task of this one.
        if (entry.RequestHash is { } hash && hash != ticket.RequestHash)
            return new ClaimResult.Decided(new SubmitOutcome.NotMine());
        entry = LedgerRules.Knowing(entry, ticket.Attempt, ticket.EarlierTasks.GetValueOrDefault(ticket.Task), order.GivenUpTask);
        switch (LedgerRules.Decide(entry, ticket.Attempt, order.GivenUpTask, time.GetUtcNow(), Grace, Longest))
        {
            case LedgerVerdict.Post:
                return new ClaimResult.Free();
            case LedgerVerdict.UseTask:
                return new ClaimResult.HasTask(entry);
            case LedgerVerdict.Wait:
                var patience = entry.Attempt < ticket.Attempt ? Longest : Grace;
                return new ClaimResult.Decided(new SubmitOutcome.InDoubt((entry.At + patience).UtcDateTime));
            case LedgerVerdict.Unknown:
                // Written down, so that a resubmit does not wait for that worker once more.
                if (entry.State == LedgerState.Submitting)
                    await ledger.TryReplaceAsync(
                        ticket, entry with { State = LedgerState.Unknown, Reason = Silence, At = time.GetUtcNow() }, seen);
                return new ClaimResult.Decided(SubmitPost.Unknown(entry.Reason ?? Silence, entry.RequestId));
            case LedgerVerdict.Blocked:
                return new ClaimResult.Decided(new SubmitOutcome.GivenUp());
            default:
                return new ClaimResult.Decided(new SubmitOutcome.NotMine());
        }
    }

    private async Task<bool> IsWantedAsync(DurableTaskClient client, JobTicket ticket, LedgerEntry claim, ETag seen)
    {
        try
        {
            if (await check.IsWantedAsync(client, ticket, CancellationToken.None))
                return true;
            await ReleaseAsync("It was given up before it was submitted.");
            return false;
        }
        catch
        {
            // Release the claim; otherwise the next run would treat it as a submit with an unknown outcome.
            await ReleaseAsync("It could not be found out whether it is still wanted.");
            throw;
        }

        Task ReleaseAsync(string reason) =>
            ledger.WriteOutcomeAsync(ticket, claim with { State = LedgerState.Refused, Reason = reason }, seen);
    }
}

/// <summary>The result of claiming a task.</summary>
public abstract record ClaimResult
{
    private ClaimResult()
    {
    }

    /// <summary>The claim is written: this run may post.</summary>
    public sealed record Claimed(LedgerEntry Entry, ETag Seen) : ClaimResult;

    /// <summary>The task was submitted already.</summary>
    public sealed record HasTask(LedgerEntry Entry) : ClaimResult;

    /// <summary>This run must not post, and the result of the submit is known.</summary>
    public sealed record Decided(SubmitOutcome Result) : ClaimResult;

    /// <summary>Nothing was posted, and nobody is about to.</summary>
    public sealed record Free : ClaimResult;
}
