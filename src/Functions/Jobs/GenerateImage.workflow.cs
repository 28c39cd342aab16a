using Darkroom.Durable;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Darkroom.Jobs;

/// <summary>
/// One task of a job: it waits for a slot, is submitted once, is watched to its end, and its pictures are saved. The decisions are in
/// <see cref="TaskRules"/>; here they are carried out.
/// </summary>
public static class GenerateImage
{
    /// <summary>Runs it. The result, and the custom status on the way, is the record of the job.</summary>
    [Function(nameof(GenerateImage))]
    public static async Task<JobState> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<JobTicket>()!;
        // Activities get the ticket alone: the progress would stand in the history once for each of them.
        var ticket = input with { Carried = null };
        var run = new TaskRun(context, ticket, input.Carried);
        if (input.Carried is null)
            run.Begin(isOther: context.InstanceId != ticket.InstanceId);
        while (!run.IsOver)
        {
            if (run.TryContinueAsNew())
                return run.State;
            await run.StepAsync();
        }

        if (context.InstanceId != ticket.InstanceId)
            return run.State;
        if (run.State.TaskId is null)
            await run.RememberAsync();
        if (ticket is { IsAnnounced: true, Tasks: 1 })
            await Finished.AnnounceAsync(context, JobEnded.Announcement(ticket, run.State));
        return run.State;
    }
}
