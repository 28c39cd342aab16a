using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Darkroom.CrashApp;

/// <summary>Orchestrations whose result is known beforehand.</summary>
public static class Counting
{
    /// <summary>Ten activities, a child, and a timer; returns the sum.</summary>
    [Function(nameof(CountUp))]
    public static async Task<int> CountUp([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var start = context.GetInput<int>();
        var sum = 0;
        for (var i = 0; i < 3; i++)
            sum += await context.CallActivityAsync<int>(nameof(Add), start + i);
        await context.CreateTimer(TimeSpan.FromMilliseconds(20), CancellationToken.None);
        var parts = await Task.WhenAll(Enumerable.Range(3, 6).Select(i => context.CallActivityAsync<int>(nameof(Add), start + i)));
        return sum + parts.Sum() + await context.CallSubOrchestratorAsync<int>(nameof(CountOne), start + 9);
    }

    /// <summary>One more.</summary>
    [Function(nameof(CountOne))]
    public static Task<int> CountOne([OrchestrationTrigger] TaskOrchestrationContext context) => context.CallActivityAsync<int>(nameof(Add), context.GetInput<int>());

    /// <summary>Gives back what it got.</summary>
    [Function(nameof(Add))]
    public static int Add([ActivityTrigger] int number) => number;
}
