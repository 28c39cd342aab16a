using Azure;
using Darkroom.Settings;
using Microsoft.DurableTask.Client;

namespace Darkroom.Jobs.Submit;

/// <summary>
/// Claims the right to post a task, by a conditional write into its ledger. <see cref="LedgerRules"/> decides whether a run may claim it.
/// </summary>
public sealed class SubmitClaims(RetryingLedger ledger, CancellationCheck check, DarkroomSettings settings, TimeProvider time)
{
    private const string Silence = "The worker that submitted the task did not report the outcome.";

    // The maximum age of a claim when its POST begins: other workers count from the time of the claim.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    // The time after the last byte of a POST, for reading the answer and writing the ledger.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(20);

    private readonly SubmitTimes _times = TimesOf(settings);

    /// <summary>Claims the task, or returns why it must not be posted.</summary>
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
                // This is the claim of this run: the write succeeded, and only its answer was lost.
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

            // Other workers count from the time of the claim, so it must be the time of the POST. Storage may have delayed this run.
            claim = claim with { At = time.GetUtcNow() };
            seen = await ledger.TryReplaceAsync(ticket, claim, tag);
        }
    }

    /// <summary>Reads the ledger, for a run that must not post.</summary>
    public async Task<ClaimResult> LookUpAsync(SubmitOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        return await ledger.ReadAsync(order.Ticket) is var (entry, seen) ? await JudgeAsync(order, entry, seen) : new ClaimResult.Free();
    }

    private static SubmitTimes TimesOf(DarkroomSettings settings)
    {
        var longest = TimeSpan.FromSeconds(settings.SubmitTimeoutSeconds) + Slack;
        // A grace period shorter than the longest submit would mark a slow submit as unknown. Zero is for a single worker: then no other
        // worker
        // can be posting.
        var grace = settings.SubmitGraceSeconds == 0 ? 0 : Math.Max(settings.SubmitGraceSeconds, longest.TotalSeconds);
        return new SubmitTimes(TimeSpan.FromSeconds(grace), longest);
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
        // The entry belongs to another request under the same id, so its task is not the task of this job.
        if (entry.RequestHash is { } hash && hash != ticket.RequestHash)
            return new ClaimResult.Decided(new SubmitOutcome.NotMine());
        entry = LedgerRules.WithKnownTask(entry, ticket.Attempt, ticket.EarlierTasks.GetValueOrDefault(ticket.Task), order.GivenUpTask);
        switch (LedgerRules.Decide(entry, new LedgerQuestion(ticket.Attempt, order.GivenUpTask, time.GetUtcNow(), _times)))
        {
            case LedgerVerdict.Post:
                return new ClaimResult.Free();
            case LedgerVerdict.UseTask:
                return new ClaimResult.HasTask(entry);
            case LedgerVerdict.Wait:
                var patience = entry.Attempt < ticket.Attempt ? _times.Longest : _times.Grace;
                return new ClaimResult.Decided(new SubmitOutcome.InDoubt((entry.At + patience).UtcDateTime));
            case LedgerVerdict.Unknown:
                // Write the result, so that a resubmit does not wait for that worker again.
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
            await ReleaseAsync("The job ended, expired or was canceled before it was submitted.");
            return false;
        }
        catch
        {
            // Release the claim; otherwise the next run would treat it as a submit with an unknown outcome.
            await ReleaseAsync("The check whether the job is still wanted failed.");
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

    /// <summary>Nothing was posted, and no other run is about to post.</summary>
    public sealed record Free : ClaimResult;
}
