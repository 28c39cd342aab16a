using System.Diagnostics;
using Darkroom.Durable;
using Darkroom.Jobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Darkroom.Batches;

/// <summary>
/// The orchestration of a batch. It keeps a window of jobs running, writes their results, and regularly continues as new, so that its
/// history stays as short for fifty thousand items as for fifty. The jobs are independent instances; each sends a message when it ends.
/// </summary>
public static class GenerateBatch
{
    // Continues as new after so many rounds, so that a replay stays short.
    private const int MaxRounds = 100;
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromMinutes(1);

    /// <summary>Carries out the steps of the batch until it is finished.</summary>
    [Function(nameof(GenerateBatch))]
    public static async Task<BatchSnapshot?> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var state = context.GetInput<BatchState>()!;
        // A restart under another id would run the same jobs and write to the same results, so it is refused.
        if (context.InstanceId != state.Ticket.BatchId)
            return null;

        using var loop = new EternalLoop<BatchMessage>(context, BatchMessage.EventName, MaxRounds, MaxRounds);
        while (!loop.TryContinueAsNew(state))
        {
            if (loop.HasMessage)
            {
                state = Receive(context, state, await loop.TakeAsync());
                continue;
            }

            var step = state.NextStep(context.CurrentUtcDateTime);
            if (step is BatchStep.Finish)
                return await End(context, state);
            if (step is BatchStep.Work work)
                state = await Do(context, state, work);
            context.SetCustomStatus(BatchSnapshot.Of(state));
            if (step is BatchStep.Wait wait)
                await loop.SleepAsync(wait.Until);
        }

        return null;
    }

    private static BatchState Receive(TaskOrchestrationContext context, BatchState state, BatchMessage message)
    {
        var prefix = state.Ticket.BatchId.Length + 1;
        if (message is { Kind: BatchMessageKind.Ended, Job: { } job } && job.Length > prefix)
            return state.End(job[prefix..], context.CurrentUtcDateTime);
        if (message.Kind != BatchMessageKind.Cancel || state.CancelRequested)
            return state;

        foreach (var key in state.InFlight)
            SendCancel(context, state.Ticket, key, message.KeepsLate);
        return state with { CancelRequested = true, KeepsLate = message.KeepsLate };
    }

    private static void SendCancel(TaskOrchestrationContext context, BatchTicket ticket, string key, bool keepsLate) =>
        context.SendEvent(BatchItem.JobIdOf(ticket.BatchId, key), CancelRequest.EventName, new CancelRequest(keepsLate));

    private static async Task<BatchState> Do(TaskOrchestrationContext context, BatchState state, BatchStep.Work step)
    {
        try
        {
            return step switch
            {
                BatchStep.Start start => await Start(context, state, start.Count),
                BatchStep.WriteDown write => await WriteDown(context, state, write.Count),
                BatchStep.GiveUp give => await GiveUp(context, state, give.Count),
                BatchStep.Inspect inspect => await Inspect(context, state, inspect.Count),
                _ => throw new UnreachableException(),
            };
        }
        catch (TaskFailedException)
        {
            // The cause does not matter: to give up thousands of jobs would be worse than to try again later.
            context.CreateReplaySafeLogger(nameof(GenerateBatch)).Trouble(state.Ticket.BatchId, step);
            await context.CreateTimer(AfterTrouble, CancellationToken.None);
            return step is BatchStep.Start start ? state with { StartInDoubt = start.Count } : state;
        }
    }

    private static async Task<BatchState> Start(TaskOrchestrationContext context, BatchState state, int count)
    {
        var ticket = state.Ticket;
        var order = new StartOrder(ticket.BatchId, ticket.Items, state.Next, count, context.CurrentUtcDateTime)
        {
            BatchCreatedAt = ticket.CreatedAt,
            Caller = ticket.Caller,
        };
        var started = await context.CallActivityAsync<StartedItems>(nameof(StartItems), order, ActivityRetry.Options);
        // After a cancel, only a start that failed is repeated. Its jobs may run already, so they get the cancel too; jobs that start only
        // now are not submitted, because their batch is canceled.
        foreach (var key in state.CancelRequested ? started.Keys : [])
            SendCancel(context, ticket, key, state.KeepsLate);
        return state.Started(started, context.CurrentUtcDateTime);
    }

    private static async Task<BatchState> WriteDown(TaskOrchestrationContext context, BatchState state, int count)
    {
        var order = new WriteOrder(state.Ticket.BatchId, [.. state.Ended.Take(count)], state.ResultsAt, state.ErrorsAt);
        var written = await context.CallActivityAsync<WrittenItems>(nameof(WriteResults), order, ActivityRetry.Options);
        return state.WroteDown(written, context.CurrentUtcDateTime);
    }

    private static async Task<BatchState> GiveUp(TaskOrchestrationContext context, BatchState state, int count)
    {
        var ticket = state.Ticket;
        var order = new GiveUpOrder(ticket.BatchId, ticket.Items, state.Next, count, state.ResultsAt, state.ErrorsAt);
        var given = await context.CallActivityAsync<GivenUpItems>(nameof(WriteResults.GiveUpItems), order, ActivityRetry.Options);
        return state.GaveUp(given, context.CurrentUtcDateTime);
    }

    private static async Task<BatchState> Inspect(TaskOrchestrationContext context, BatchState state, int count)
    {
        var batchId = state.Ticket.BatchId;
        string[] jobs = [.. state.InFlight.Take(count).Select(key => BatchItem.JobIdOf(batchId, key))];
        var ended = await context.CallActivityAsync<string[]>(nameof(EndedInstances.FindEnded), jobs, ActivityRetry.Options);
        return state.Inspected(ended.Select(job => job[(batchId.Length + 1)..]), context.CurrentUtcDateTime);
    }

    private static async Task<BatchSnapshot> End(TaskOrchestrationContext context, BatchState state)
    {
        var shown = BatchSnapshot.Of(state, isFinished: true);
        context.SetCustomStatus(shown);
        var counts = new FinishedCounts(shown.Succeeded, shown.Failed, shown.Canceled);
        await Finished.AnnounceAsync(
            context,
            new Finished("batch", state.Ticket.BatchId, "finished")
            {
                Counts = counts,
                IsQueued = state.Ticket.IsAnnounced,
                HasWebhook = state.Ticket.HasWebhook,
            });
        return shown;
    }
}
