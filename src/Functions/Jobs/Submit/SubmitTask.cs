using Azure;
using Darkroom.Jobs.Poll;
using Darkroom.ModelScope;
using Darkroom.ModelScope.Failures;
using Darkroom.ModelScope.Requests;
using Darkroom.Settings;
using Darkroom.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Darkroom.Jobs.Submit;

/// <summary>
/// Submits a task, once. An activity runs at least once, so it asks the ledger first: only who wrote there that he posts, may post. A crash
/// between that and the task id leaves a mark that nobody can explain, and nobody posts on.
/// </summary>
public sealed partial class SubmitTask(
    ModelScopeClient upstream, PatientLedger ledger, RequestStore requests, IBatchStatus batches, Experience experience, DarkroomSettings settings, TimeProvider time, ILogger<SubmitTask> log)
{
    // A claim says when its POST begins, and others count from there.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    // What comes after the last byte of a POST: reading the answer, writing the ledger.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(20);

    private TimeSpan Longest => TimeSpan.FromSeconds(settings.SubmitTimeoutSeconds) + Slack;

    // Shorter than a submit can take it would call one unknown that is only slow. None at all is for one worker, which knows that it is alone.
    private TimeSpan Grace => settings.SubmitGraceSeconds == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Max(settings.SubmitGraceSeconds, Longest.TotalSeconds));

    /// <summary>Submits, or says why not.</summary>
    [Function(nameof(SubmitTask))]
    public async Task<SubmitResult> RunAsync([ActivityTrigger] SubmitOrder order, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var ticket = order.Ticket;
        // Before the claim: after it nothing may go wrong but the POST. Without it nothing is posted, and what was posted is found all the same.
        var image = (await requests.TryReadAsync(ticket, cancellation))?.ImageOf(ticket.Task);
        var claim = new LedgerEntry { Attempt = ticket.Attempt, State = LedgerState.Submitting, At = time.GetUtcNow(), Run = Guid.NewGuid().ToString("N"), RequestHash = ticket.RequestHash };
        var seen = order.OnlyAsks || image is null ? null : await ledger.TryBeginAsync(ticket, claim);
        while (true)
        {
            if (seen is { } mine && image is not null)
            {
                if (!await IsStillWantedAsync(client, ticket, claim, mine))
                {
                    await ledger.WriteOutcomeAsync(ticket, Unsent(claim, "It was given up before it was submitted."), mine);
                    return new SubmitResult(SubmitOutcome.GivenUp);
                }

                if (time.GetUtcNow() - claim.At < Fresh)
                    return await PostAsync(ticket, image, claim, mine);
            }
            else
            {
                if (await ledger.ReadAsync(ticket) is not var (entry, tag))
                    return order.OnlyAsks ? new SubmitResult(SubmitOutcome.GivenUp) : image is null ? Unreadable() : new SubmitResult(SubmitOutcome.NotMine);
                // Our own: it was written, and only the answer got lost.
                if (entry == claim)
                {
                    seen = tag;
                    continue;
                }

                // Another request under the same id: what it was submitted for is not this.
                if (entry.RequestHash is { } hash && hash != ticket.RequestHash)
                    return new SubmitResult(SubmitOutcome.NotMine);
                entry = LedgerRules.Knowing(entry, ticket.Attempt, ticket.EarlierTasks.GetValueOrDefault(ticket.Task), order.GivenUpTask);
                var verdict = LedgerRules.Decide(entry, ticket.Attempt, order.GivenUpTask, time.GetUtcNow(), Grace, Longest);
                if (verdict != LedgerVerdict.Post)
                    return await WithoutPostingAsync(ticket, image, entry, tag, verdict);
                if (order.OnlyAsks)
                    return new SubmitResult(SubmitOutcome.GivenUp);
                if (image is null)
                    return Unreadable();
                seen = tag;
            }

            // Storage may have kept it waiting, and who counts from the claim must not give it up while it is being posted.
            claim = claim with { At = time.GetUtcNow() };
            seen = await ledger.TryReplaceAsync(ticket, claim, seen.Value);
        }
    }

    // At the last moment: after a cancel was answered nothing is posted. Who cannot find out takes the claim back, or it would look like a submit that nobody heard of again.
    private async Task<bool> IsStillWantedAsync(DurableTaskClient client, JobTicket ticket, LedgerEntry claim, ETag seen)
    {
        try
        {
            return await SubmitWanted.IsAsync(client, batches, ticket, time.GetUtcNow(), CancellationToken.None);
        }
        catch
        {
            await ledger.WriteOutcomeAsync(ticket, Unsent(claim, "It could not be found out whether it is still wanted."), seen);
            throw;
        }
    }

    private static LedgerEntry Unsent(LedgerEntry claim, string reason) => claim with { State = LedgerState.Refused, Reason = reason };

    private async Task<SubmitResult> WithoutPostingAsync(JobTicket ticket, ImageRequest? image, LedgerEntry entry, ETag tag, LedgerVerdict verdict)
    {
        switch (verdict)
        {
            case LedgerVerdict.UseTask:
                return await SubmittedAsync(ticket, entry, image);
            case LedgerVerdict.Wait:
                var patience = entry.Attempt < ticket.Attempt ? Longest : Grace;
                return new SubmitResult(SubmitOutcome.InDoubt) { Until = (entry.At + patience).UtcDateTime };
            case LedgerVerdict.Unknown:
                const string Silence = "The worker that submitted it was not heard of again.";
                // Written down, so that whoever resubmits does not wait for that worker once more.
                if (entry.State == LedgerState.Submitting)
                    await ledger.TryReplaceAsync(ticket, entry with { State = LedgerState.Unknown, Reason = Silence, At = time.GetUtcNow() }, tag);
                return Unknown(entry.Reason ?? Silence, entry.RequestId);
            case LedgerVerdict.Blocked:
                return new SubmitResult(SubmitOutcome.GivenUp);
            default:
                return new SubmitResult(SubmitOutcome.NotMine);
        }
    }

    // Not to be cancelled: a host that stops waits for its activities, and an answer that nobody reads is a task that nobody knows.
    private async Task<SubmitResult> PostAsync(JobTicket ticket, ImageRequest image, LedgerEntry claim, ETag seen)
    {
        using var stretch = Trace.Start("submit", ticket.Trace, ticket.JobId, ticket.Task);
        try
        {
            var task = await upstream.SubmitAsync(image, CancellationToken.None);
            JobMetrics.Accepted(ticket.CreatedAt, time.GetUtcNow().UtcDateTime);
            var entry = claim with { State = LedgerState.Submitted, TaskId = task.TaskId, RequestId = task.RequestId, At = time.GetUtcNow() };
            // Written down at any price; but even if that fails the id is in the result, and so in the durable history.
            await ledger.WriteOutcomeAsync(ticket, entry, seen);
            LogSubmitted(ticket.JobId, ticket.Task, task.TaskId);
            return await SubmittedAsync(ticket, entry, image);
        }
        catch (AmbiguousSubmitException failure)
        {
            await ledger.WriteOutcomeAsync(ticket, claim with { State = LedgerState.Unknown, Reason = failure.Message, RequestId = failure.RequestId, At = time.GetUtcNow() }, seen);
            LogUnknown(ticket.JobId, ticket.Task, failure.Message);
            JobMetrics.Failed("submission-unknown");
            return Unknown(failure.Message, failure.RequestId);
        }
        catch (ModelScopeException failure)
        {
            await ledger.WriteOutcomeAsync(ticket, claim with { State = LedgerState.Refused, Reason = failure.Message, At = time.GetUtcNow() }, seen);
            var refusal = SubmitRefusals.Of(failure, time.GetUtcNow(), settings.CreditsCheckSeconds);
            JobMetrics.Failed(refusal.Error!.Name);
            return refusal;
        }
    }

    private async Task<SubmitResult> SubmittedAsync(JobTicket ticket, LedgerEntry entry, ImageRequest? image)
    {
        var usual = await experience.ExpectAsync(image is null ? TaskKind.Unknown : TaskKind.Of(image), CancellationToken.None);
        return new SubmitResult(SubmitOutcome.Submitted)
        {
            TaskId = entry.TaskId,
            RequestId = entry.RequestId,
            AcceptedAt = entry.At.UtcDateTime,
            IsEarlier = entry.Attempt < ticket.Attempt,
            Schedule = PollPlan.For(usual, settings.PollFloorSeconds, settings.PollIntervalSeconds),
        };
    }

    private static SubmitResult Unreadable() => new(SubmitOutcome.Refused) { Error = JobErrors.RequestUnreadable() };

    private static SubmitResult Unknown(string detail, string? requestId) => new(SubmitOutcome.Unknown) { RequestId = requestId, Error = JobErrors.SubmissionUnknown(detail) with { RequestId = requestId } };

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {JobId} task {Task} was accepted upstream as {TaskId}.")]
    private partial void LogSubmitted(string jobId, int task, string taskId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nobody knows whether job {JobId} task {Task} was accepted: {Reason}")]
    private partial void LogUnknown(string jobId, int task, string reason);
}
