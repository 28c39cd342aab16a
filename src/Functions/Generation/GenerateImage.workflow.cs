using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Darkroom.Generation;

/// <summary>The story of one task: it waits for its turn, is submitted once, is watched to its end, and its pictures are saved.</summary>
public static class GenerateImage
{
    /// <summary>Runs it. What it returns, and shows on the way, is the record of the job.</summary>
    [Function(nameof(GenerateImage))]
    public static async Task<JobState> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var ticket = context.GetInput<JobTicket>()!;
        var end = await RunToEndAsync(context, ticket);
        if (end.TaskId is null && context.InstanceId == ticket.InstanceId)
            await JobRun.RememberAsync(context, ticket);
        if (ticket is { IsAnnounced: true, Tasks: 1 } && context.InstanceId == ticket.InstanceId)
            await JobRun.AnnounceAsync(context, ticket, end);
        return end;
    }

    private static async Task<JobState> RunToEndAsync(TaskOrchestrationContext context, JobTicket ticket)
    {
        var job = new JobRun(context, ticket);
        if (context.InstanceId != ticket.InstanceId)
        {
            // A restart under another id: the ledger belongs to the old one, and so does whatever was paid for.
            job.End(JobStatus.Failed, JobErrors.Internal($"The job {ticket.JobId} cannot be run under another id. Resubmit it instead."));
            return job.State;
        }

        if (ticket.Reused is { } reused)
        {
            job.TakeOver(reused);
            return job.State;
        }

        job.AskForTurn();
        string? givenUpTask = null;
        while (await job.WaitForTurn())
        {
            while (await job.Submit(givenUpTask) is { } task)
            {
                if (await job.Watch(task) is null)
                    return job.State;
                // The task of an earlier attempt came to nothing: now, and only now, a new one may be posted.
                givenUpTask = task.TaskId;
            }

            if (job.State.Status.IsTerminal())
                return job.State;
        }

        return job.State;
    }
}
