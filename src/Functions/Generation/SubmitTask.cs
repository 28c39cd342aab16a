using Azure;
using Darkroom.Bulk;
using Darkroom.ModelScope;
using Darkroom.ModelScope.Failures;
using Darkroom.ModelScope.Requests;
using Darkroom.Settings;
using Darkroom.Storage;
using Darkroom.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Darkroom.Generation;

/// <summary>
/// Submits a task, once. An activity runs at least once, so it asks the ledger first: only who wrote there that he posts, may post. A crash
/// between that and the task id leaves a mark that nobody can explain, and nobody posts on.
/// </summary>
public sealed partial class SubmitTask(
    ModelScopeClient upstream, Ledger ledger, RequestStore requests, BatchStore batches, Experience experience, DarkroomSettings settings, TimeProvider time, ILogger<SubmitTask> log)
{
    private const int WriteTries = 8;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);

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
        // Before the claim: after it nothing may go wrong but the POST.
        var image = (await requests.ReadAsync(ticket, cancellation)).ImageOf(ticket.Task);
        var claim = new LedgerEntry { Attempt = ticket.Attempt, State = LedgerState.Submitting, At = time.GetUtcNow(), Run = Guid.NewGuid().ToString("N") };
        var seen = order.OnlyAsks ? null : await PatientlyAsync(ticket, () => ledger.TryBeginAsync(ticket.JobId, ticket.Task, claim, CancellationToken.None));
        while (seen is null)
        {
            if (await ledger.ReadAsync(ticket.JobId, ticket.Task, cancellation) is not var (entry, tag))
                return new SubmitResult(order.OnlyAsks ? SubmitOutcome.GivenUp : SubmitOutcome.NotMine);
            if (entry.Run == claim.Run)
            {
                // Our own: it was written, and only the answer got lost.
                seen = tag;
                continue;
            }

            entry = LedgerRules.Knowing(entry, ticket.Attempt, ticket.EarlierTasks.GetValueOrDefault(ticket.Task), order.GivenUpTask);
            var verdict = LedgerRules.Decide(entry, ticket.Attempt, order.GivenUpTask, time.GetUtcNow(), Grace, Longest);
            if (verdict != LedgerVerdict.Post)
                return await WithoutPostingAsync(ticket, image, entry, tag, verdict, cancellation);
            if (order.OnlyAsks)
                return new SubmitResult(SubmitOutcome.GivenUp);
            claim = claim with { At = time.GetUtcNow() };
            seen = await PatientlyAsync(ticket, () => ledger.TryReplaceAsync(ticket.JobId, ticket.Task, claim, tag, CancellationToken.None));
        }

        if (await IsStillWantedAsync(client, ticket, claim, seen.Value))
            return await PostAsync(ticket, image, claim, seen.Value);
        await WriteAsync(ticket, Unsent(claim, "It was given up before it was submitted."), seen.Value);
        return new SubmitResult(SubmitOutcome.GivenUp);
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
            await WriteAsync(ticket, Unsent(claim, "It could not be found out whether it is still wanted."), seen);
            throw;
        }
    }

    private static LedgerEntry Unsent(LedgerEntry claim, string reason) => claim with { State = LedgerState.Refused, Reason = reason };

    private async Task<SubmitResult> WithoutPostingAsync(JobTicket ticket, ImageRequest image, LedgerEntry entry, ETag tag, LedgerVerdict verdict, CancellationToken cancellation)
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
                    await ledger.TryReplaceAsync(ticket.JobId, ticket.Task, entry with { State = LedgerState.Unknown, Reason = Silence, At = time.GetUtcNow() }, tag, cancellation);
                return Unknown(entry.Reason ?? Silence, entry.RequestId);
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
            await WriteAsync(ticket, entry, seen);
            LogSubmitted(ticket.JobId, ticket.Task, task.TaskId);
            return await SubmittedAsync(ticket, entry, image);
        }
        catch (AmbiguousSubmitException failure)
        {
            await WriteAsync(ticket, claim with { State = LedgerState.Unknown, Reason = failure.Message, RequestId = failure.RequestId, At = time.GetUtcNow() }, seen);
            LogUnknown(ticket.JobId, ticket.Task, failure.Message);
            JobMetrics.Failed("submission-unknown");
            return Unknown(failure.Message, failure.RequestId);
        }
        catch (ModelScopeException failure)
        {
            await WriteAsync(ticket, claim with { State = LedgerState.Refused, Reason = failure.Message, At = time.GetUtcNow() }, seen);
            var refusal = SubmitRefusals.Of(failure, time.GetUtcNow(), settings.CreditsCheckSeconds);
            JobMetrics.Failed(refusal.Error!.Name);
            return refusal;
        }
    }

    private async Task<SubmitResult> SubmittedAsync(JobTicket ticket, LedgerEntry entry, ImageRequest image)
    {
        var usual = await experience.ExpectAsync(TaskKind.Of(image), CancellationToken.None);
        return new SubmitResult(SubmitOutcome.Submitted)
        {
            TaskId = entry.TaskId,
            RequestId = entry.RequestId,
            AcceptedAt = entry.At.UtcDateTime,
            IsEarlier = entry.Attempt < ticket.Attempt,
            Schedule = PollPlan.For(usual, settings.PollFloorSeconds, settings.PollIntervalSeconds),
        };
    }

    // What happened has to be written down, and storage that is away comes back. Never fails: the result says the same.
    private async Task WriteAsync(JobTicket ticket, LedgerEntry entry, ETag seen)
    {
        try
        {
            if (await PatientlyAsync(ticket, () => ledger.TryReplaceAsync(ticket.JobId, ticket.Task, entry, seen, CancellationToken.None)) is not null)
                return;
            if (await ledger.ReadAsync(ticket.JobId, ticket.Task, CancellationToken.None) is not var (there, tag) || there.Run == entry.Run)
                return;
            // Another worker had given this one up for lost; here is what it was waiting for.
            var isMissed = there.Attempt == entry.Attempt && there.State == LedgerState.Unknown && entry.State == LedgerState.Submitted;
            if (!isMissed || await ledger.TryReplaceAsync(ticket.JobId, ticket.Task, entry, tag, CancellationToken.None) is null)
                LogOverwritten(ticket.JobId, ticket.Task, entry.TaskId);
        }
        catch (Exception failure) when (StorageTrouble.Is(failure))
        {
            LogWriteGivenUp(ticket.JobId, ticket.Task, StorageTrouble.Kind(failure));
        }
    }

    // Again and again with the very same entry: one that was written, and whose answer got lost, is known again by its run.
    private async Task<ETag?> PatientlyAsync(JobTicket ticket, Func<Task<ETag?>> write)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await write();
            }
            catch (Exception failure) when (StorageTrouble.Is(failure) && attempt < WriteTries)
            {
                LogWriteFailed(ticket.JobId, ticket.Task, StorageTrouble.Kind(failure));
                using var pause = new PeriodicTimer(FirstPause * (1 << attempt), time);
                await pause.WaitForNextTickAsync(CancellationToken.None);
            }
        }
    }

    private static SubmitResult Unknown(string detail, string? requestId) => new(SubmitOutcome.Unknown) { RequestId = requestId, Error = JobErrors.SubmissionUnknown(detail) with { RequestId = requestId } };

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {JobId} task {Task} was accepted upstream as {TaskId}.")]
    private partial void LogSubmitted(string jobId, int task, string taskId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nobody knows whether job {JobId} task {Task} was accepted: {Reason}")]
    private partial void LogUnknown(string jobId, int task, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The ledger of job {JobId} task {Task} could not be written ({Kind}); it is tried again.")]
    private partial void LogWriteFailed(string jobId, int task, string kind);

    [LoggerMessage(Level = LogLevel.Error, Message = "The ledger of job {JobId} task {Task} could not be written ({Kind}); what came of the submit is known to its orchestration only.")]
    private partial void LogWriteGivenUp(string jobId, int task, string kind);

    [LoggerMessage(Level = LogLevel.Error, Message = "The ledger of job {JobId} task {Task} was written by somebody else while it was being posted; the task {TaskId} is in the durable history only.")]
    private partial void LogOverwritten(string jobId, int task, string? taskId);
}
