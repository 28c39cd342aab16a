using Darkroom.Durable;
using Darkroom.Requests;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Darkroom.Jobs;

/// <summary>
/// The orchestration of a job with several tasks. It runs one <see cref="GenerateImage"/> per task and shows their combined state.
/// </summary>
public static class GenerateImages
{
    /// <summary>Runs the tasks that have not succeeded in an earlier attempt.</summary>
    [Function(nameof(GenerateImages))]
    public static async Task<JobState> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var ticket = context.GetInput<JobTicket>()!;
        var parts = new JobParts(ticket, context.CurrentUtcDateTime);
        if (context.InstanceId != ticket.JobId)
            return parts.Refused(
                context.CurrentUtcDateTime, $"The job {ticket.JobId} cannot be run under another id. Resubmit it instead.");

        var running = parts.Missing.Select(
            task =>
                RunPart(context, ticket with { Task = task, Kept = new Dictionary<int, JobState>(), Before = Timeline.Empty })).ToArray();
        var all = Task.WhenAll(running);
        var cancel = context.WaitForExternalEvent<CancelRequest>(CancelRequest.EventName);
        var move = context.WaitForExternalEvent<MoveRequest>(MoveRequest.EventName);
        var told = context.WaitForExternalEvent<PartState>(PartState.EventName);
        while (!all.IsCompleted)
        {
            context.SetCustomStatus(parts.Shown.ForStatus());
            await (parts.Shown.CancelRequested ? Task.WhenAny(all, told, move) : Task.WhenAny(all, told, move, cancel));
            if (told.IsCompleted)
            {
                parts.Apply(await told, context.CurrentUtcDateTime);
                told = context.WaitForExternalEvent<PartState>(PartState.EventName);
            }

            if (move.IsCompleted)
            {
                parts.Move((await move).Lane);
                SendToParts(context, ticket, parts, MoveRequest.EventName, await move);
                move = context.WaitForExternalEvent<MoveRequest>(MoveRequest.EventName);
            }

            if (!cancel.IsCompleted || parts.Shown.CancelRequested)
                continue;
            parts.Cancel();
            SendToParts(context, ticket, parts, CancelRequest.EventName, new CancelRequest(KeepsLate: false));
        }

        var ended = parts.End(await all, context.CurrentUtcDateTime);
        context.SetCustomStatus(ended.ForStatus());
        await Finished.AnnounceAsync(context, JobEnded.Announcement(ticket, ended));
        return ended;
    }

    private static void SendToParts(TaskOrchestrationContext context, JobTicket ticket, JobParts parts, string eventName, object payload)
    {
        foreach (var task in parts.Missing)
            context.SendEvent(JobIds.OfTask(ticket.JobId, task, ticket.Tasks), eventName, payload);
    }

    private static async Task<PartState> RunPart(TaskOrchestrationContext context, JobTicket ticket)
    {
        try
        {
            var state = await context.CallSubOrchestratorAsync<JobState>(
                nameof(GenerateImage), ticket, new SubOrchestrationOptions(instanceId: ticket.InstanceId));
            return new PartState(ticket.Task, state);
        }
        catch (TaskFailedException)
        {
            // The task's orchestration was terminated or has a bug. The other tasks continue.
            return new PartState(
                ticket.Task,
                new JobState
                {
                    Status = JobStatus.Failed,
                    Stage = JobStages.Done,
                    Error = JobErrors.Internal("The task's orchestration ended without a result."),
                    EndedAt = context.CurrentUtcDateTime,
                });
        }
    }
}
