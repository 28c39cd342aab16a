using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Darkroom.LocalHost.Tests.Conformance.Functions;

public static class Waits
{
    [Function(nameof(Sleep))]
    public static async Task<string[]> Sleep([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var before = context.CurrentUtcDateTime;
        await context.CreateTimer(TimeSpan.FromHours(context.GetInput<int>()), CancellationToken.None);
        return [before.ToString("o"), context.CurrentUtcDateTime.ToString("o")];
    }

    [Function(nameof(ForgetATimer))]
    public static string ForgetATimer([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        _ = context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
        return "returned";
    }

    [Function(nameof(CancelATimer))]
    public static string CancelATimer([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        using var cancel = new CancellationTokenSource();
        _ = context.CreateTimer(TimeSpan.FromHours(1), cancel.Token);
        cancel.Cancel();
        return "returned";
    }

    [Function(nameof(ShortTimer))]
    public static Task ShortTimer([OrchestrationTrigger] TaskOrchestrationContext context) => context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None);

    [Function(nameof(PastTimer))]
    public static Task PastTimer([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.CreateTimer(context.CurrentUtcDateTime.AddDays(-1), CancellationToken.None);
}
