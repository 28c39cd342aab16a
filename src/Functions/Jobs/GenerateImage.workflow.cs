using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Darkroom.Jobs;

/// <summary>The story of one task: it waits for its turn, is submitted once, is watched to its end, and its pictures are saved.</summary>
public static class GenerateImage
{
    /// <summary>Runs it. What it returns, and shows on the way, is the record of the job.</summary>
    [Function(nameof(GenerateImage))]
    public static async Task<JobState> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<JobTicket>()!;
        // Activities get the ticket alone: what is carried along would stand in the history once for each of them.
        var (ticket, carried) = (input with { Carried = null }, input.Carried);
        var job = new JobRun(context, ticket, carried);
        await RunAsync(context, ticket, carried, job);
        var end = job.State;
        if (job.IsBegunAnew)
            return end;
        if (end.TaskId is null && context.InstanceId == ticket.InstanceId)
            await JobRun.RememberAsync(context, ticket);
        if (ticket is { IsAnnounced: true, Tasks: 1 } && context.InstanceId == ticket.InstanceId)
            await JobRun.AnnounceAsync(context, ticket, end);
        return end;
    }

    // To its end, or until another run goes on with it.
    private static async Task RunAsync(TaskOrchestrationContext context, JobTicket ticket, JobCarry? carried, JobRun job)
    {
        if (context.InstanceId != ticket.InstanceId)
        {
            // A restart under another id: the ledger belongs to the old one, and so does whatever was paid for.
            job.End(JobStatus.Failed, JobErrors.Internal($"The job {ticket.JobId} cannot be run under another id. Resubmit it instead."));
            return;
        }

        if (ticket.Reused is { } reused)
        {
            job.TakeOver(reused);
            return;
        }

        if (carried is null)
            job.AskForTurn();
        else
            job.ShowCarried();
        var (givenUpTask, watched, submitting) = (carried?.GivenUpTask, carried?.Watched, carried?.Submitting);
        while (watched is not null || submitting is not null || await job.WaitForTurn(givenUpTask))
        {
            while ((watched ??= await job.Submit(givenUpTask, submitting)) is { } task)
            {
                if (await job.Watch(task, givenUpTask) is null)
                    return;
                // The task of an earlier attempt came to nothing: now, and only now, a new one may be posted.
                givenUpTask = task.Task.TaskId;
                (watched, submitting) = (null, null);
            }

            submitting = null;
            if (job.State.Status.IsTerminal() || job.IsBegunAnew)
                return;
        }
    }
}
