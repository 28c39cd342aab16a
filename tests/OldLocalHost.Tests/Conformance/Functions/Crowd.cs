using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Darkroom.LocalHost.Tests.Conformance.Functions;

public static class Crowd
{
    private static int _now;
    private static int _most;

    public static int Most => _most;

    public static void Reset() => _now = _most = 0;

    [Function(nameof(Gather))]
    public static Task Gather([OrchestrationTrigger] TaskOrchestrationContext context) =>
        Task.WhenAll(Enumerable.Range(0, 10).Select(_ => context.CallActivityAsync(nameof(Stand))));

    [Function(nameof(Stand))]
    public static async Task Stand([ActivityTrigger] string? input)
    {
        var now = Interlocked.Increment(ref _now);
        int most;
        while (now > (most = Volatile.Read(ref _most)) && Interlocked.CompareExchange(ref _most, now, most) != most)
        {
            // Another raised it meanwhile.
        }

        for (var i = 0; i < 20; i++)
            await Task.Yield();
        Interlocked.Decrement(ref _now);
    }
}
