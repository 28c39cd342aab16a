using Darkroom.Durable;
using Darkroom.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Darkroom.Gate;

/// <summary>
/// The one place that every submit goes through: hears who wants to talk upstream, and tells them when they may. It runs for ever; there is
/// one of it.
/// </summary>
public static class UpstreamGate
{
    /// <summary>Its one instance.</summary>
    public const string InstanceId = "upstream-gate";

    // Begun anew often enough that a replay stays short: where no timer is left behind, as soon as possible; else later.
    private const int EnoughRounds = 100;
    private const int MostRounds = 300;

    private static readonly TimeSpan AfterTrouble = TimeSpan.FromMinutes(1);

    // The settings are part of what an inspection tells: of a gate that has just begun there is nobody to inspect.
    private static readonly string[] Nobody = [];

    /// <summary>Hears, decides, answers; and looks now and then whether those who have a slot are still there.</summary>
    [Function(nameof(UpstreamGate))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var state = context.GetInput<GateState>();
        // At once: until then whoever looks would see an empty gate.
        context.SetCustomStatus(GateSnapshot.Of(state ?? new GateState(), context.CurrentUtcDateTime));
        state ??= await TryBegin(context);
        if (state is null)
        {
            // Storage comes back, and with a gate that has ended nobody would be let through then.
            await context.CreateTimer(AfterTrouble, CancellationToken.None);
            context.ContinueAsNew();
            return;
        }

        var message = context.WaitForExternalEvent<GateMessage>(GateMessage.EventName);
        using var alarm = new Alarm(context);
        // What is looked up while it goes on: who waits for a slot that is free must not wait for storage.
        Task<GateLook>? look = null;
        for (var round = 1; ; round++)
        {
            if (!message.IsCompleted && look is not { IsCompleted: true })
            {
                // Waiting for an event that has not come loses none: the next generation waits for it.
                if (look is null && (round >= MostRounds || (round >= EnoughRounds && !alarm.IsSet)))
                {
                    context.ContinueAsNew(state);
                    return;
                }

                var shown = GateSnapshot.Of(state, context.CurrentUtcDateTime);
                context.SetCustomStatus(shown);
                if (!context.IsReplaying)
                    JobMetrics.Gate(shown.InUse, shown.Slots, shown.Credits);
                await (look is null ? alarm.UntilAsync(state.LookAt(context.CurrentUtcDateTime), message) : Task.WhenAny(message, look));
            }

            if (look is { IsCompleted: true })
                (state, look) = (Carry(context, (await look)(state, context.CurrentUtcDateTime)), null);
            // However much there is to hear: an alarm that only a quiet gate obeys would never ring when it matters.
            if (look is null && state.LookAt(context.CurrentUtcDateTime) <= context.CurrentUtcDateTime)
            {
                if (state.IsToPass(context.CurrentUtcDateTime))
                    state = Carry(context, state.Pass(context.CurrentUtcDateTime));
                else
                    look = LookAsync(context, state);
            }

            if (message.IsCompleted)
            {
                state = Carry(context, state.Hear(await message, context.CurrentUtcDateTime));
                message = context.WaitForExternalEvent<GateMessage>(GateMessage.EventName);
            }
        }
    }

    // Null when storage has been away for so long that the activities gave up.
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

    // What it finds is told to the state as it is then, which may have changed.
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

/// <summary>What came of looking something up.</summary>
internal delegate GateChange GateLook(GateState state, DateTime now);
