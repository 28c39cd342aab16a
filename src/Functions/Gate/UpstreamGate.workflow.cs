using Darkroom.Durable;
using Darkroom.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Darkroom.Gate;

/// <summary>
/// The gate that every submit passes: one eternal orchestration that receives the messages of jobs and grants slots.
/// <see cref="GateState"/>
/// decides; here it is carried out.
/// </summary>
public static class UpstreamGate
{
    /// <summary>The id of its only instance.</summary>
    public const string InstanceId = "upstream-gate";

    // It continues as new so often that a replay stays short; earlier where no pending timer would be left behind.
    private const int EnoughRounds = 100;
    private const int MostRounds = 300;

    private static readonly TimeSpan AfterTrouble = TimeSpan.FromMinutes(1);

    // An inspection also reads the settings; when the gate begins there is no job to inspect.
    private static readonly string[] Nobody = [];

    /// <summary>Receives messages and answers them, and inspects the holders every half minute.</summary>
    [Function(nameof(UpstreamGate))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var state = context.GetInput<GateState>();
        // Before anything else: until then a reader would see an empty gate.
        context.SetCustomStatus(GateSnapshot.Of(state ?? new GateState(), context.CurrentUtcDateTime));
        state ??= await TryBegin(context);
        if (state is null)
        {
            // Storage comes back; a gate that had ended would let no job through then.
            await context.CreateTimer(AfterTrouble, CancellationToken.None);
            context.ContinueAsNew();
            return;
        }

        var message = context.WaitForExternalEvent<GateMessage>(GateMessage.EventName);
        using var alarm = new Alarm(context);
        // A look runs while the gate goes on: a job must not wait for storage when a slot is free.
        Task<GateLook>? look = null;
        for (var round = 1; ; round++)
        {
            if (!message.IsCompleted && look is not { IsCompleted: true })
            {
                // No event is lost: the next generation waits for it.
                if (look is null && (round >= MostRounds || (round >= EnoughRounds && !alarm.IsSet)))
                {
                    context.ContinueAsNew(state);
                    return;
                }

                var shown = GateSnapshot.Of(state, context.CurrentUtcDateTime);
                context.SetCustomStatus(shown);
                if (!context.IsReplaying)
                    JobMetrics.Gate(shown.InUse, shown.Slots, shown.Credits);
                await (look is null ? alarm.UntilAsync(state.LookAt(), message) : Task.WhenAny(message, look));
            }

            if (look is { IsCompleted: true })
                (state, look) = (Carry(context, (await look)(state, context.CurrentUtcDateTime)), null);
            // Also while messages keep coming: a busy gate needs its inspections most.
            if (look is null && state.LookAt() <= context.CurrentUtcDateTime)
            {
                if (state.IsToPass(context.CurrentUtcDateTime))
                    state = Carry(context, state.Pass(context.CurrentUtcDateTime));
                else
                    look = LookAsync(context, state);
            }

            if (message.IsCompleted)
            {
                state = Carry(context, state.Receive(await message, context.CurrentUtcDateTime));
                message = context.WaitForExternalEvent<GateMessage>(GateMessage.EventName);
            }
        }
    }

    // Null when storage was away for so long that the activities failed.
    private static async Task<GateState?> TryBegin(TaskOrchestrationContext context)
    {
        try
        {
            string? page = null;
            do
            {
                page = await context.CallActivityAsync<string?>(nameof(GateActivities.CallWaiting), page, ActivityRetry.Options);
            }
            while (page is not null);
            var seen = await context.CallActivityAsync<GateInspection>(nameof(GateActivities.InspectGate), Nobody, ActivityRetry.Options);
            return new GateState { BegunAt = context.CurrentUtcDateTime }.Inspected(
                seen, new GateState(), context.CurrentUtcDateTime).State;
        }
        catch (TaskFailedException)
        {
            return null;
        }
    }

    // The result is applied to the state as it is then, which may have changed.
    private static async Task<GateLook> LookAsync(TaskOrchestrationContext context, GateState state)
    {
        try
        {
            if (state.CoolDown is { Reason: CoolDownReason.Credits } pause && context.CurrentUtcDateTime >= pause.Until)
            {
                var credits = await context.CallActivityAsync<CreditsSeen>(
                    nameof(GateActivities.CheckCredits), options: ActivityRetry.Brief);
                return (later, now) => later.SeeCredits(credits.Available, now, credits.NextLook);
            }

            var seen = await context.CallActivityAsync<GateInspection>(
                nameof(GateActivities.InspectGate), HeadOf(state), ActivityRetry.Brief);
            return (later, now) => later.Inspected(seen, state, now);
        }
        catch (TaskFailedException)
        {
            return (later, now) => new GateChange(later.NotInspected(now), []);
        }
    }

    private static string[] HeadOf(GateState state) =>
        [.. state.Holders.Select(holder => holder.Ticket.Instance), .. state.Order().Take(50).Select(ticket => ticket.Instance)];

    private static GateState Carry(TaskOrchestrationContext context, GateChange change)
    {
        foreach (var send in change.Sends)
            context.SendEvent(send.Instance, GateAnswer.EventName, send.Answer);
        return change.State;
    }
}

/// <summary>Applies the result of a look to the state.</summary>
internal delegate GateChange GateLook(GateState state, DateTime now);
