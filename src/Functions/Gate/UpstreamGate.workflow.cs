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

    // Begun anew often enough that a replay stays short.
    private const int MostRounds = 100;

    /// <summary>Hears, decides, answers; and looks now and then whether those who have a slot are still there.</summary>
    [Function(nameof(UpstreamGate))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var state = context.GetInput<GateState>() ?? new GateState();
        // At once: until then whoever looks would see an empty gate.
        context.SetCustomStatus(GateShown.Of(state, context.CurrentUtcDateTime));
        var settings = await context.CallActivityAsync<GateSettings>(nameof(GateActivities.ReadGateSettings), options: Patience.Options);
        state = Carry(context, state.Resize(settings.Slots, context.CurrentUtcDateTime));
        var message = context.WaitForExternalEvent<GateMessage>(GateMessage.EventName);
        using var alarm = new Alarm(context);
        for (var round = 1; ; round++)
        {
            if (!message.IsCompleted)
            {
                var shown = GateShown.Of(state, context.CurrentUtcDateTime);
                context.SetCustomStatus(shown);
                if (!context.IsReplaying)
                    JobMetrics.Show(shown);
                await alarm.UntilAsync(state.LookAt(context.CurrentUtcDateTime), message);
            }

            // However much there is to hear: an alarm that only a quiet gate obeys would never ring when it matters.
            if (state.LookAt(context.CurrentUtcDateTime) <= context.CurrentUtcDateTime)
                state = await LookAround(context, state, settings);
            if (message.IsCompleted)
            {
                state = Carry(context, state.Hear(await message, context.CurrentUtcDateTime));
                if (round >= MostRounds)
                {
                    // Only here, where nobody waits for the event: one that came for an abandoned wait would be lost.
                    context.ContinueAsNew(state);
                    return;
                }

                message = context.WaitForExternalEvent<GateMessage>(GateMessage.EventName);
            }
            else if (round >= MostRounds)
            {
                // A quiet gate would never begin anew by itself: a word to itself ends the wait.
                context.SendEvent(context.InstanceId, GateMessage.EventName, new GateMessage(GateWord.Nudge, context.InstanceId));
            }
        }
    }

    private static async Task<GateState> LookAround(TaskOrchestrationContext context, GateState state, GateSettings settings)
    {
        try
        {
            return await LookAroundOnce(context, state, settings);
        }
        catch (TaskFailedException)
        {
            // What cannot be looked at now is looked at later: a gate that ends forgets who is in it.
            var later = context.CurrentUtcDateTime;
            return state with { InspectedAt = later, CoolDown = state.CoolDown is { } pause && pause.Until <= later ? pause with { Until = later.AddMinutes(1) } : state.CoolDown };
        }
    }

    private static async Task<GateState> LookAroundOnce(TaskOrchestrationContext context, GateState state, GateSettings settings)
    {
        if (state.CoolDown is { Reason: CoolDownReason.Credits } pause && context.CurrentUtcDateTime >= pause.Until)
        {
            var seen = await context.CallActivityAsync<CreditsSeen>(nameof(GateActivities.CheckCredits), settings, Patience.Options);
            return Carry(context, state.SeeCredits(seen.Available, context.CurrentUtcDateTime, seen.NextLook));
        }

        if (state.CoolDown is { } over && over.Until > DateTime.MinValue && context.CurrentUtcDateTime >= over.Until)
            return Carry(context, state.Pass(context.CurrentUtcDateTime));

        var ended = await context.CallActivityAsync<string[]>(nameof(GateActivities.FindAway), HeadOf(state), Patience.Options);
        return Carry(context, (state with { InspectedAt = context.CurrentUtcDateTime }).Without(ended, context.CurrentUtcDateTime));
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
