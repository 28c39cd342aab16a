using Azure;
using Darkroom.Bulk;
using Darkroom.ModelScope;
using Darkroom.ModelScope.Failures;
using Darkroom.ModelScope.Requests;
using Darkroom.Settings;
using Darkroom.Storage;
using Darkroom.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Darkroom.Generation;

/// <summary>
/// Submits a task, once. An activity runs at least once, so it asks the ledger first: only who wrote there that he posts, may post. A crash
/// between that and the task id leaves a mark that nobody can explain, and nobody posts on.
/// </summary>
public sealed partial class SubmitTask(
    ModelScopeClient upstream, Ledger ledger, RequestStore requests, BatchStore batches, Experience experience, DarkroomSettings settings, TimeProvider time, ILogger<SubmitTask> log)
{
    private const int WriteTries = 6;

    /// <summary>Submits, or says why not.</summary>
    [Function(nameof(SubmitTask))]
    public async Task<SubmitResult> RunAsync([ActivityTrigger] SubmitOrder order, CancellationToken cancellation)
    {
        var ticket = order.Ticket;
        if (await IsGivenUpAsync(ticket, cancellation))
            return new SubmitResult(SubmitOutcome.GivenUp);
        var claim = new LedgerEntry { Attempt = ticket.Attempt, State = LedgerState.Submitting, At = time.GetUtcNow() };
        var seen = await ledger.TryBeginAsync(ticket.JobId, ticket.Task, claim, cancellation);
        while (seen is null)
        {
            if (await ledger.ReadAsync(ticket.JobId, ticket.Task, cancellation) is not var (entry, tag))
                return new SubmitResult(SubmitOutcome.NotMine);
            var verdict = LedgerRules.Decide(entry, ticket.Attempt, order.GivenUpTask, time.GetUtcNow(), TimeSpan.FromSeconds(settings.SubmitGraceSeconds));
            if (verdict != LedgerVerdict.Post)
                return await WithoutPostingAsync(ticket, entry, verdict, cancellation);
            seen = await ledger.TryReplaceAsync(ticket.JobId, ticket.Task, claim, tag, cancellation);
        }

        return await PostAsync(ticket, claim, seen.Value, cancellation);
    }

    // A batch is given up by a mark that is there before anybody hears of it. Who asks for another attempt of one job means that job.
    private async Task<bool> IsGivenUpAsync(JobTicket ticket, CancellationToken cancellation) =>
        ticket is { Batch: { } batch, Attempt: 1 } && await batches.IsCanceledAsync(batch, cancellation)
        && await ledger.ReadAsync(ticket.JobId, ticket.Task, cancellation) is not { Entry.State: not LedgerState.Refused };

    private async Task<SubmitResult> WithoutPostingAsync(JobTicket ticket, LedgerEntry entry, LedgerVerdict verdict, CancellationToken cancellation) => verdict switch
    {
        LedgerVerdict.UseTask => await SubmittedAsync(ticket, entry, await ImageAsync(ticket, cancellation), cancellation),
        LedgerVerdict.Wait => new SubmitResult(SubmitOutcome.InDoubt) { Until = entry.At.UtcDateTime.AddSeconds(settings.SubmitGraceSeconds) },
        LedgerVerdict.Unknown => Unknown(entry.Reason ?? "The worker that submitted it was not heard of again."),
        _ => new SubmitResult(SubmitOutcome.NotMine),
    };

    private async Task<SubmitResult> PostAsync(JobTicket ticket, LedgerEntry claim, ETag seen, CancellationToken cancellation)
    {
        ImageRequest image;
        try
        {
            image = await ImageAsync(ticket, cancellation);
        }
        catch (RequestFailedException)
        {
            // Nothing was posted yet: say so, or the mark would stand there unexplained.
            await WriteAsync(ticket, claim with { State = LedgerState.Refused, At = time.GetUtcNow() }, seen);
            throw;
        }

        using var stretch = Trace.Start("submit", ticket.Trace, ticket.JobId, ticket.Task);
        try
        {
            var task = await upstream.SubmitAsync(image, cancellation);
            JobMetrics.Accepted(ticket.CreatedAt, time.GetUtcNow().UtcDateTime);
            var entry = claim with { State = LedgerState.Submitted, TaskId = task.TaskId, RequestId = task.RequestId, At = time.GetUtcNow() };
            // Written down at any price; but even if that fails the id is in the result, and so in the durable history.
            await WriteAsync(ticket, entry, seen);
            LogSubmitted(ticket.JobId, ticket.Task, task.TaskId);
            return await SubmittedAsync(ticket, entry, image, CancellationToken.None);
        }
        catch (AmbiguousSubmitException failure)
        {
            await WriteAsync(ticket, claim with { State = LedgerState.Unknown, Reason = failure.Message, At = time.GetUtcNow() }, seen);
            LogUnknown(ticket.JobId, ticket.Task, failure.Message);
            JobMetrics.Failed("submission-unknown");
            return Unknown(failure.Message) with { RequestId = failure.RequestId };
        }
        catch (ModelScopeException failure)
        {
            await WriteAsync(ticket, claim with { State = LedgerState.Refused, Reason = failure.Message, At = time.GetUtcNow() }, seen);
            var refusal = SubmitRefusals.Of(failure, time.GetUtcNow());
            JobMetrics.Failed(refusal.Error!.Name);
            return refusal;
        }
        catch (OperationCanceledException)
        {
            // The host stops, and not a byte was sent: the next run may post.
            await WriteAsync(ticket, claim with { State = LedgerState.Refused, At = time.GetUtcNow() }, seen);
            throw;
        }
    }

    private async Task<SubmitResult> SubmittedAsync(JobTicket ticket, LedgerEntry entry, ImageRequest image, CancellationToken cancellation)
    {
        var usual = await experience.ExpectAsync(TaskKind.Of(image), cancellation);
        return new SubmitResult(SubmitOutcome.Submitted)
        {
            TaskId = entry.TaskId,
            RequestId = entry.RequestId,
            AcceptedAt = entry.At.UtcDateTime,
            IsEarlier = entry.Attempt < ticket.Attempt,
            Schedule = PollPlan.For(usual, settings.PollFloorSeconds, settings.PollIntervalSeconds),
        };
    }

    // Not to be cancelled: what happened has to be written down, and storage that is away comes back.
    private async Task WriteAsync(JobTicket ticket, LedgerEntry entry, ETag seen)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await ledger.TryReplaceAsync(ticket.JobId, ticket.Task, entry, seen, CancellationToken.None);
                return;
            }
            catch (RequestFailedException failure) when (attempt < WriteTries)
            {
                LogWriteFailed(ticket.JobId, ticket.Task, failure.Status);
            }
            catch (RequestFailedException failure)
            {
                LogWriteGivenUp(ticket.JobId, ticket.Task, failure.Status);
                return;
            }
        }
    }

    private async Task<ImageRequest> ImageAsync(JobTicket ticket, CancellationToken cancellation) =>
        (await requests.ReadAsync(ticket, cancellation)).ImageOf(ticket.Task);

    private static SubmitResult Unknown(string detail) => new(SubmitOutcome.Unknown) { Error = JobErrors.SubmissionUnknown(detail) };

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {JobId} task {Task} was accepted upstream as {TaskId}.")]
    private partial void LogSubmitted(string jobId, int task, string taskId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nobody knows whether job {JobId} task {Task} was accepted: {Reason}")]
    private partial void LogUnknown(string jobId, int task, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The ledger of job {JobId} task {Task} could not be written (HTTP {Status}); it is tried again.")]
    private partial void LogWriteFailed(string jobId, int task, int status);

    [LoggerMessage(Level = LogLevel.Error, Message = "The ledger of job {JobId} task {Task} could not be written (HTTP {Status}); what came of the submit is known to its orchestration only.")]
    private partial void LogWriteGivenUp(string jobId, int task, int status);
}
