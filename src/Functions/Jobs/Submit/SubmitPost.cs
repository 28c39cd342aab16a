using Darkroom.Jobs.Poll;
using Darkroom.ModelScope;
using Darkroom.ModelScope.Failures;
using Darkroom.ModelScope.Requests;
using Darkroom.Settings;
using Darkroom.Telemetry;
using Microsoft.Extensions.Logging;

namespace Darkroom.Jobs.Submit;

/// <summary>Posts a task that was claimed, and writes the outcome into its ledger.</summary>
public sealed partial class SubmitPost(
    ModelScopeClient upstream, RetryingLedger ledger, PollSchedules schedules, DarkroomSettings settings, TimeProvider time,
    ILogger<SubmitPost> log)
{
    /// <summary>The result for a submit with an unknown outcome.</summary>
    public static SubmitOutcome Unknown(string detail, string? requestId) =>
        new SubmitOutcome.Unknown(JobErrors.SubmissionUnknown(detail) with { RequestId = requestId });

    /// <summary>
    /// Posts the task. A stopping host does not cancel the POST: it waits for its activities, and without the answer the id of a paid task
    /// would be lost.
    /// </summary>
    public async Task<SubmitOutcome> PostAsync(JobTicket ticket, ImageRequest image, ClaimResult.Claimed claimed)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        ArgumentNullException.ThrowIfNull(claimed);
        var (claim, seen) = (claimed.Entry, claimed.Seen);
        using var span = Trace.Start("submit", ticket.JobId, ticket.Task);
        try
        {
            var task = await upstream.SubmitAsync(image, CancellationToken.None);
            JobMetrics.Accepted(ticket.CreatedAt, time.GetUtcNow().UtcDateTime);
            var entry = claim with
            {
                State = LedgerState.Submitted,
                TaskId = task.TaskId,
                RequestId = task.RequestId,
                At = time.GetUtcNow(),
            };
            // Even if this write fails, the id is in the result of the activity, and so in the durable history.
            await ledger.WriteOutcomeAsync(ticket, entry, seen);
            LogSubmitted(ticket.JobId, ticket.Task, task.TaskId);
            return await AcceptedAsync(ticket, image, entry);
        }
        catch (AmbiguousSubmitException failure)
        {
            var entry = claim with
            {
                State = LedgerState.Unknown,
                Reason = failure.Message,
                RequestId = failure.RequestId,
                At = time.GetUtcNow(),
            };
            await ledger.WriteOutcomeAsync(ticket, entry, seen);
            LogUnknown(ticket.JobId, ticket.Task, failure.Message);
            JobMetrics.Failed("submission-unknown");
            return Unknown(failure.Message, failure.RequestId);
        }
        catch (ModelScopeException failure)
        {
            await ledger.WriteOutcomeAsync(
                ticket, claim with { State = LedgerState.Refused, Reason = failure.Message, At = time.GetUtcNow() }, seen);
            JobMetrics.Failed(JobErrors.Of(failure).Name);
            return SubmitRefusals.Of(failure, ticket, time.GetUtcNow(), settings.CreditsCheckSeconds);
        }
    }

    /// <summary>The result for a task whose id is in the ledger.</summary>
    public async Task<SubmitOutcome> AcceptedAsync(JobTicket ticket, ImageRequest? image, LedgerEntry entry)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        ArgumentNullException.ThrowIfNull(entry);
        var schedule = await schedules.ForAsync(image, CancellationToken.None);
        return new SubmitOutcome.Accepted(entry.TaskId!, entry.RequestId, entry.At.UtcDateTime, entry.Attempt < ticket.Attempt, schedule);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {JobId} task {Task} was accepted upstream as {TaskId}.")]
    private partial void LogSubmitted(string jobId, int task, string taskId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {JobId} task {Task}: it is unknown whether it was accepted: {Reason}")]
    private partial void LogUnknown(string jobId, int task, string reason);
}
