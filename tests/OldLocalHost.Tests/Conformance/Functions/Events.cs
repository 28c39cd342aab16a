using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Darkroom.LocalHost.Tests.Conformance.Functions;

public static class Events
{
    [Function(nameof(WaitTwice))]
    public static async Task<string[]> WaitTwice([OrchestrationTrigger] TaskOrchestrationContext context) =>
        [await context.WaitForExternalEvent<string>("first"), await context.WaitForExternalEvent<string>("second")];

    [Function(nameof(WaitAtOnce))]
    public static async Task<string[]> WaitAtOnce([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        // Two wait for the same name: the latest gets the first event.
        var older = context.WaitForExternalEvent<string>("item");
        var newer = context.WaitForExternalEvent<string>("item");
        context.SetCustomStatus("waiting");
        return await Task.WhenAll(older, newer);
    }

    [Function(nameof(WaitAWhile))]
    public static async Task<string> WaitAWhile([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        try
        {
            return await context.WaitForExternalEvent<string>("item", TimeSpan.FromMinutes(10));
        }
        catch (TaskCanceledException)
        {
            return "timed out";
        }
    }

    [Function(nameof(WaitAgainAfterTimeout))]
    public static async Task<string> WaitAgainAfterTimeout([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        using var giveUp = new CancellationTokenSource();
        var abandoned = context.WaitForExternalEvent<string>("item", giveUp.Token);
        giveUp.Cancel();
        try
        {
            await abandoned;
        }
        catch (TaskCanceledException)
        {
            context.SetCustomStatus("gave up");
        }

        // Whatever comes now goes to the wait that was given up, and is lost.
        await context.WaitForExternalEvent<string>("go");
        return await context.WaitForExternalEvent<string>("item");
    }

    [Function(nameof(SendTo))]
    public static void SendTo([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var to = context.GetInput<string>()!;
        context.SendEvent(to, "FIRST", "one");
        context.SendEvent(to, "Second", "two");
        context.SendEvent("nobody-there", "first", "lost");
    }

    [Function(nameof(WaitForever))]
    public static Task WaitForever([OrchestrationTrigger] TaskOrchestrationContext context) => context.WaitForExternalEvent<string>("never");

    [Function(nameof(TimeOutUncaught))]
    public static Task TimeOutUncaught([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.WaitForExternalEvent<string>("never", TimeSpan.FromMinutes(1));
}
