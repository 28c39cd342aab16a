using Darkroom.Durable;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Darkroom.Jobs;

/// <summary>
/// The orchestration of one task of a job: it waits for a slot, submits the task once, watches it until it ends, and saves its pictures.
/// <see cref="TaskRules"/> decides; this workflow carries out the decisions.
/// </summary>
public static class GenerateImage
{
    /// <summary>Runs the task. The custom status is the state of the task while it runs; the output is its final state.</summary>
    [Function(nameof(GenerateImage))]
    public static async Task<JobState> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<JobTicket>()!;
        // Activities get the ticket without the progress; otherwise the history would contain the progress once per activity.
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
        if (ticket.Tasks == 1)
            await Finished.AnnounceAsync(context, JobEnded.Announcement(ticket, run.State));
        return run.State;
    }
}
