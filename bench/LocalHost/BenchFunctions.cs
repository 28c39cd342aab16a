using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Darkroom.Bench;

/// <summary>The orchestrations that engines are usually measured with.</summary>
public static class BenchFunctions
{
    private static readonly string[] Cities = ["Tokyo", "Seattle", "London", "Paris", "Beijing"];

    [Function(nameof(HelloCities))]
    public static async Task<string[]> HelloCities([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var hellos = new string[Cities.Length];
        for (var i = 0; i < Cities.Length; i++)
            hellos[i] = await context.CallActivityAsync<string>(nameof(SayHello), Cities[i]);
        return hellos;
    }

    [Function(nameof(FanOut))]
    public static async Task<int> FanOut([OrchestrationTrigger] TaskOrchestrationContext context) =>
        (await Task.WhenAll(Enumerable.Range(0, context.GetInput<int>()).Select(_ => context.CallActivityAsync<string>(nameof(SayHello), "x")))).Length;

    [Function(nameof(WaitAnHour))]
    public static Task WaitAnHour([OrchestrationTrigger] TaskOrchestrationContext context) => context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);

    [Function(nameof(SayHello))]
    public static string SayHello([ActivityTrigger] string name) => $"Hello {name}!";
}
