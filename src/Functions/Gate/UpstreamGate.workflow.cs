using Darkroom.Durable;
using Darkroom.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Darkroom.Gate;

/// <summary>
/// The gate that every submit passes: one eternal orchestration that receives the messages of jobs and grants slots.
/// <see cref="GateState"/> makes the decisions; this class carries them out. It never ends, so it moves to the version of a new build.
/// </summary>
public static class UpstreamGate
{
    /// <summary>The id of the only instance.</summary>
    public const string InstanceId = "upstream-gate";

    // The orchestration continues as new after this many rounds, so that a replay stays short. It prefers a round without a pending timer.
    private const int EnoughRounds = 100;
    private const int MaxRounds = 300;

    private static readonly TimeSpan AfterTrouble = TimeSpan.FromMinutes(1);

    // When the gate starts there is no job to inspect, but the inspection also reads the settings.
    private static readonly string[] Nobody = [];

    /// <summary>Receives messages and answers them, and inspects the holders every half minute.</summary>
    [Function(nameof(UpstreamGate))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var state = context.GetInput<GateState>();
        // The status is set first, because without it a reader would see an empty gate.
        context.SetCustomStatus(GateSnapshot.Of(state ?? new GateState(), context.CurrentUtcDateTime));
        state ??= await TryBegin(context);
        if (state is null)
        {
            // The gate waits until storage is available again. If it ended instead, no job would get a slot after that.
            await context.CreateTimer(AfterTrouble, CancellationToken.None);
            context.ContinueAsNew();
            return;
        }

        using var loop = new EternalLoop<GateMessage>(context, GateMessage.EventName, EnoughRounds, MaxRounds);
        // The look runs in the background, because a job must not wait for storage while a slot is free.
        Task<GateLook>? look = null;
        while (look is not null || !(loop.TryContinueAsNew(state) || loop.TryContinueWithNewVersion(state)))
        {
            var isDue = look is null && state.LookAt() <= context.CurrentUtcDateTime;
            if (!loop.HasMessage && !isDue && look is not { IsCompleted: true })
            {
                var shown = GateSnapshot.Of(state, context.CurrentUtcDateTime);
                context.SetCustomStatus(shown);
                if (!context.IsReplaying)
                    GateMetrics.Slots(shown.InUse, shown.Slots, context.CurrentUtcDateTime);
                await (look is null ? loop.SleepAsync(state.LookAt()) : Task.WhenAny(loop.Arrival, look));
            }

            if (look is { IsCompleted: true })
                (state, look) = (Carry(context, (await look)(state, context.CurrentUtcDateTime)), null);
            // This check also runs while messages keep coming, because a busy gate needs its inspections most.
            if (look is null && state.LookAt() <= context.CurrentUtcDateTime)
            {
                if (state.IsToPass(context.CurrentUtcDateTime))
                    state = Carry(context, state.Pass(context.CurrentUtcDateTime));
                else
                    look = LookAsync(context, state);
            }

            if (loop.HasMessage)
                state = Carry(context, state.Receive(await loop.TakeAsync(), context.CurrentUtcDateTime));
        }
    }

    // Returns null if storage was unavailable for so long that the activities failed.
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
            var used = await context.CallActivityAsync<int>(nameof(GateActivities.CountTasksOfToday), options: ActivityRetry.Options);
            var now = context.CurrentUtcDateTime;
            var begun = new GateState { BegunAt = now, Budget = DailyBudget.None.On(now) with { Used = used } };
            return begun.Inspected(seen, new GateState(), now).State;
        }
        catch (TaskFailedException)
        {
            return null;
        }
    }

    // The result is applied to the state at the end of the look, which may differ from the state at its start.
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
