using System.Text.Json;
using Darkroom.Jobs.Poll;
using Darkroom.Jobs.Submit;
using Darkroom.Storage;
using Darkroom.Usage;
using Microsoft.Extensions.Logging;

namespace Darkroom.Jobs;

/// <summary>
/// Counts the tasks of jobs. A failure to count is logged and never fails a job. A task whose submit was not counted is counted at its end.
/// </summary>
public sealed partial class TaskUsage(UsageStore usage, TimeProvider time, ILogger<TaskUsage> log)
{
    /// <summary>Counts the outcome of a submit.</summary>
    public async Task SubmittedAsync(JobTicket ticket, SubmitOutcome outcome, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        var today = UsageStore.DayOf(time.GetUtcNow().UtcDateTime);
        switch (outcome)
        {
            case SubmitOutcome.Accepted task:
                await TryAsync(ticket, () => usage.WriteAsync(
                    UsageStore.KeyOf(ticket.JobId, task.TaskId), RowOf(ticket, task.AcceptedAt, TaskOutcome.Accepted), cancellation));
                // The earlier attempt could not tell whether its task was accepted; now it is known.
                if (task.IsEarlier)
                    await TryAsync(ticket, () => usage.DeleteAsync(
                        UsageStore.KeyOfUnknown(ticket.JobId, ticket.Task, ticket.Attempt - 1),
                        UsageStore.DayOf(task.AcceptedAt),
                        cancellation));
                break;
            case SubmitOutcome.Unknown:
                var row = new UsageRow(today, TaskOutcome.Unknown, LabelsOf(ticket));
                await TryAsync(ticket, () => usage.WriteAsync(
                    UsageStore.KeyOfUnknown(ticket.JobId, ticket.Task, ticket.Attempt), row, cancellation));
                break;
        }
    }

    /// <summary>Counts what a look at a task found, if the task has ended.</summary>
    public async Task LookedAsync(PollOrder order, PollResult result, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(result);
        TaskOutcome? outcome = result.Outcome switch
        {
            PollOutcome.Saved => TaskOutcome.Succeeded,
            PollOutcome.Discarded => TaskOutcome.Canceled,
            PollOutcome.Failed or PollOutcome.Rejected or PollOutcome.PictureUnavailable => TaskOutcome.Failed,
            _ => null,
        };
        if (outcome is not { } ended)
            return;
        var row = RowOf(order.Ticket, order.AcceptedAt, ended) with { Pictures = result.Pictures.Count };
        await TryAsync(
            order.Ticket, () => usage.WriteAsync(UsageStore.KeyOf(order.Ticket.JobId, order.TaskId), row, cancellation));
    }

    /// <summary>Counts the pictures that a job reuses.</summary>
    public Task ReusedAsync(JobTicket ticket, int pictures, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        var row = new UsageRow(UsageStore.DayOf(ticket.CreatedAt), TaskOutcome.Reused, LabelsOf(ticket)) { Reused = pictures };
        return TryAsync(ticket, () => usage.WriteAsync(UsageStore.KeyOfReused(ticket.JobId), row, cancellation));
    }

    private static UsageRow RowOf(JobTicket ticket, DateTime acceptedAt, TaskOutcome outcome)
    {
        var deadline = acceptedAt.AddSeconds(ticket.DeadlineSeconds);
        return new UsageRow(UsageStore.DayOf(acceptedAt), outcome, LabelsOf(ticket))
        {
            Deadline = deadline < ticket.ExpiresAt ? deadline : ticket.ExpiresAt,
        };
    }

    private static UsageLabels LabelsOf(JobTicket ticket)
    {
        using var request = JsonDocument.Parse(ticket.Request);
        // The canonical form always has the model. A task is counted even if it had none.
        var model = request.RootElement.TryGetProperty("model", out var value) ? value.GetString() : null;
        return new UsageLabels(model ?? "", ticket.Caller, ticket.Batch);
    }

    private async Task TryAsync(JobTicket ticket, Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (Exception failure) when (StorageTrouble.Is(failure))
        {
            LogNotCounted(ticket.JobId, ticket.Task, StorageTrouble.Kind(failure));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {JobId} task {Task}: its usage could not be counted ({Reason}).")]
    private partial void LogNotCounted(string jobId, int task, string reason);
}
