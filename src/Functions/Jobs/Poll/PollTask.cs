using Darkroom.Gate;
using Darkroom.ModelScope;
using Darkroom.ModelScope.Failures;
using Darkroom.ModelScope.Tasks;
using Darkroom.Requests;
using Darkroom.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Darkroom.Jobs.Poll;

/// <summary>
/// Looks at an upstream task once. If the task is done, the same run copies every picture into storage, because the links to pictures
/// expire. The result contains blob names and facts, never links.
/// </summary>
public sealed partial class PollTask(
    ModelScopeClient upstream, TaskPictures pictures, RequestStore requests, TaskDurationStore durations, TaskUsage usage,
    TimeProvider time, ILogger<PollTask> log)
{
    // A failed task without a reason may get one by a second or third look.
    private const int MaxReasonLooks = 2;
    private const int MaxFreshLinks = 3;
    private const int LongestWord = 100;

    /// <summary>Looks at the task, and saves its pictures if it is done.</summary>
    [Function(nameof(PollTask))]
    public async Task<PollResult> RunAsync(
        [ActivityTrigger] PollOrder order, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        using var span = Trace.Start("collect", order.Ticket.JobId, order.Ticket.Task);
        JobMetrics.Looked();
        var result = await LookAsync(order, client, cancellation);
        await usage.LookedAsync(order, result, cancellation);
        return result;
    }

    private async Task<PollResult> LookAsync(PollOrder order, DurableTaskClient client, CancellationToken cancellation)
    {
        try
        {
            var task = await upstream.GetTaskAsync(order.TaskId, cancellation);
            var facts = new PollFacts
            {
                RawStatus = Short(task.RawStatus),
                RequestId = Short(task.RequestId),
                TimeTakenMs = task.TimeTaken?.TotalMilliseconds,
                Seed = task.Input?.Seed,
            };
            return task.State switch
            {
                TaskState.Succeeded when order.Discard => new PollResult(new PollOutcome.Discarded(), facts),
                TaskState.Succeeded =>
                    await SaveAsync(
                        order, task, facts with { HasLeftGate = await TryLeaveGateAsync(order, client, cancellation) }, cancellation),
                TaskState.Failed => new PollResult(Failed(order, task), facts),
                TaskState.NotFound when !task.IsStillPending(time.GetUtcNow() - new DateTimeOffset(order.AcceptedAt, TimeSpan.Zero)) =>
                    await LostAsync(order, task, facts, cancellation),
                _ => new PollResult(new PollOutcome.Running(), facts),
            };
        }
        catch (UnauthorizedException failure)
        {
            return new PollResult(new PollOutcome.Rejected(JobErrors.Of(failure)), new PollFacts());
        }
        catch (ModelScopeException failure)
        {
            // A failed look says nothing about the task, so the looks continue until the deadline.
            LogTrouble(order.Ticket.JobId, order.TaskId, failure.Message);
            JobMetrics.Failed(JobErrors.Of(failure).Name);
            return new PollResult(new PollOutcome.Running(), new PollFacts());
        }
    }

    // These values are part of the custom status, and upstream may send texts of any length.
    private static string? Short(string? word) => word is null || word.Length <= LongestWord ? word : word[..LongestWord];

    private static PollOutcome Failed(PollOrder order, TaskSnapshot task) =>
        task.Reason?.HasMessage != true && order.ReasonLooks < MaxReasonLooks
            ? new PollOutcome.FailedWithoutReason()
            : new PollOutcome.Failed(JobErrors.UpstreamFailed(task.Reason, task.RawStatus));

    private async Task<PollResult> SaveAsync(PollOrder order, TaskSnapshot task, PollFacts facts, CancellationToken cancellation)
    {
        JobMetrics.Done(order.AcceptedAt, time.GetUtcNow().UtcDateTime, task.TimeTaken);
        var request = await requests.TryReadAsync(order.Ticket, cancellation);
        var took = task.TimeTaken ?? time.GetUtcNow() - new DateTimeOffset(order.AcceptedAt, TimeSpan.Zero);
        if (request is not null && took > TimeSpan.Zero && took.TotalSeconds <= order.Ticket.DeadlineSeconds)
            await durations.AddAsync(TaskKind.Of(request.ImageOf(order.Ticket.Task)), took, cancellation);

        for (var links = 1; ; links++)
        {
            var (saved, trouble) = await pictures.SaveAsync(order, request, task, cancellation);
            if (trouble is null)
                return new PollResult(new PollOutcome.Saved(), facts) { Pictures = saved };
            if (trouble is not PictureUnavailableException || links == MaxFreshLinks)
            {
                var error = JobErrors.Of(trouble);
                PollOutcome outcome = trouble is PictureUnavailableException
                    ? new PollOutcome.PictureUnavailable(error)
                    : new PollOutcome.Rejected(error);
                return await WithEarlierAsync(order, request, task, new PollResult(outcome, facts), cancellation);
            }

            // The link may have expired. Another read of the task returns a fresh one.
            LogFreshLink(order.Ticket.JobId, order.TaskId, trouble.Message);
            task = await upstream.GetTaskAsync(order.TaskId, cancellation);
        }
    }

    // Upstream is done with this job, so the next job need not wait until the pictures are saved.
    private async Task<bool> TryLeaveGateAsync(PollOrder order, DurableTaskClient client, CancellationToken cancellation)
    {
        try
        {
            await client.RaiseEventAsync(
                UpstreamGate.InstanceId,
                GateMessage.EventName,
                new GateMessage(GateMessageKind.Leave, order.Ticket.InstanceId) { Turn = order.Turn, IsUnspent = order.IsUnspent },
                cancellation);
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Any failure is ignored: the job gives its slot back again at its end, and saving the pictures is more important.
            LogStillInGate(order.Ticket.JobId);
            return false;
        }
    }

    private async Task<PollResult> LostAsync(PollOrder order, TaskSnapshot task, PollFacts facts, CancellationToken cancellation)
    {
        var lost = new PollResult(new PollOutcome.Failed(JobErrors.TaskLost(order.TaskId)), facts);
        return order.Discard
            ? lost
            : await WithEarlierAsync(order, await requests.TryReadAsync(order.Ticket, cancellation), task, lost, cancellation);
    }

    // Pictures that can no longer be fetched may already be in storage: an earlier run may have saved them, but was killed or ended too
    // late to return them.
    private async Task<PollResult> WithEarlierAsync(
        PollOrder order, JobRequest? request, TaskSnapshot task, PollResult trouble, CancellationToken cancellation)
    {
        var (saved, areAll) = await pictures.FindSavedAsync(order, request, task, cancellation);
        return areAll ? trouble with { Outcome = new PollOutcome.Saved(), Pictures = saved } : trouble with { Pictures = saved };
    }

    [LoggerMessage(
        Level = LogLevel.Information,
            Message = "Job {JobId}: the slot could not be given back before the pictures are saved. It is given back when the job ends.")]
    private partial void LogStillInGate(string jobId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {JobId}: the look at task {TaskId} failed: {Reason}")]
    private partial void LogTrouble(string jobId, string taskId, string reason);

    [LoggerMessage(
        Level = LogLevel.Information,
            Message = "Job {JobId}: a picture of task {TaskId} could not be fetched; trying again with a fresh link: {Reason}")]
    private partial void LogFreshLink(string jobId, string taskId, string reason);
}
