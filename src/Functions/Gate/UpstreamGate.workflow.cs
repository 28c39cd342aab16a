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
    private const int MostRounds = 60;
    private static readonly TimeSpan InspectEvery = TimeSpan.FromSeconds(30);

    /// <summary>Hears, decides, answers; and looks now and then whether those who have a slot are still there.</summary>
    [Function(nameof(UpstreamGate))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var state = context.GetInput<GateState>() ?? new GateState();
        var settings = await context.CallActivityAsync<GateSettings>(nameof(GateActivities.ReadGateSettings));
        state = Carry(context, state.Resize(settings.Slots, context.CurrentUtcDateTime));
        var message = context.WaitForExternalEvent<GateMessage>(GateMessage.EventName);
        for (var round = 1; ; round++)
        {
            if (!message.IsCompleted)
                await UntilSomethingIsToDo(context, state, message);

            if (!message.IsCompleted)
            {
                state = await LookAround(context, state, settings);
                // A quiet gate would never begin anew by itself: a word to itself ends the wait.
                if (round >= MostRounds)
                    context.SendEvent(context.InstanceId, GateMessage.EventName, new GateMessage(GateWord.Nudge, context.InstanceId));
                continue;
            }

            state = Carry(context, state.Hear(await message, context.CurrentUtcDateTime));
            if (round >= MostRounds)
            {
                // Only here, where nobody waits for the event: one that came for an abandoned wait would be lost.
                context.ContinueAsNew(state);
                return;
            }

            message = context.WaitForExternalEvent<GateMessage>(GateMessage.EventName);
        }
    }

    private static async Task UntilSomethingIsToDo(TaskOrchestrationContext context, GateState state, Task message)
    {
        context.SetCustomStatus(GateShown.Of(state, context.CurrentUtcDateTime));
        if (WakeAt(state, context.CurrentUtcDateTime) is not { } wakeAt)
        {
            await message;
            return;
        }

        using var heard = new CancellationTokenSource();
        var timer = context.CreateTimer(wakeAt, heard.Token);
        await Task.WhenAny(message, timer);
        heard.Cancel();
    }

    // With nobody there, there is nothing to look at: an idle gate costs nothing.
    private static DateTime? WakeAt(GateState state, DateTime now)
    {
        DateTime? inspect = state.Holders.IsEmpty && state.Waiting.IsEmpty ? null : now + InspectEvery;
        DateTime? pause = state.IsPaused(now) ? state.CoolDown!.Until : null;
        return inspect < pause || pause is null ? inspect : pause;
    }

    private static async Task<GateState> LookAround(TaskOrchestrationContext context, GateState state, GateSettings settings)
    {
        if (state.CoolDown is { Reason: CoolDownReason.Credits } pause && context.CurrentUtcDateTime >= pause.Until)
        {
            var seen = await context.CallActivityAsync<CreditsSeen>(nameof(GateActivities.CheckCredits), settings);
            return Carry(context, state.SeeCredits(seen.Available, context.CurrentUtcDateTime, seen.NextLook));
        }

        if (state.CoolDown is not null && context.CurrentUtcDateTime >= state.CoolDown.Until)
            return Carry(context, state.Pass(context.CurrentUtcDateTime));

        var ended = await context.CallActivityAsync<string[]>(nameof(GateActivities.FindEnded), HeadOf(state));
        return Carry(context, state.Without(ended, context.CurrentUtcDateTime));
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
