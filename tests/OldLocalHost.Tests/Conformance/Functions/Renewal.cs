using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Darkroom.LocalHost.Tests.Conformance.Functions;

public static class Renewal
{
    [Function(nameof(CountDown))]
    public static async Task<string> CountDown([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var left = context.GetInput<int>();
        await context.CallActivityAsync(nameof(Activities.Nothing));
        if (left > 0)
            context.ContinueAsNew(left - 1);
        return $"left {left}";
    }

    [Function(nameof(StatusOnce))]
    public static async Task StatusOnce([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        if (context.GetInput<string>() == "first")
        {
            context.SetCustomStatus("set");
            await context.WaitForExternalEvent<string>("renew");
            context.ContinueAsNew("second");
            return;
        }

        await context.WaitForExternalEvent<string>("end");
    }

    [Function(nameof(TakeOneAtATime))]
    public static async Task<string[]> TakeOneAtATime([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var taken = context.GetInput<Taken>()!;
        if (taken.Items.Length == 3)
            return taken.Items;
        var next = await context.WaitForExternalEvent<string>("item");
        context.ContinueAsNew(new Taken([.. taken.Items, next], taken.Keep), taken.Keep);
        return [];
    }

    [Function(nameof(Deadline))]
    public static async Task<string> Deadline([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        // A deadline is taken from the context's time once, and carried through the input.
        var deadline = context.GetInput<DateTime?>() ?? context.CurrentUtcDateTime.AddMinutes(10);
        if (context.CurrentUtcDateTime >= deadline)
            return "deadline passed";
        await context.CreateTimer(TimeSpan.FromMinutes(4), CancellationToken.None);
        context.ContinueAsNew(deadline);
        return "";
    }
}

public sealed record Taken(string[] Items, bool Keep);
