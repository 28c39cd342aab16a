using System.Diagnostics;
using Microsoft.DurableTask.Client;

namespace Darkroom.LocalHost.Tests.Engine;

public sealed class FirstTests
{
    private static readonly string[] Cities = ["Tokyo", "Seattle", "London", "Paris", "Beijing"];

    private static TestFunctions Functions => new TestFunctions()
        .Activity("Hello", city => $"Hello {city}")
        .Orchestrator("HelloCities", async context =>
        {
            var all = new List<string>();
            foreach (var city in Cities)
                all.Add(await context.CallActivityAsync<string>("Hello", city));
            return all;
        })
        .Orchestrator("FanOut", async context =>
        {
            var n = context.GetInput<int>();
            var results = await Task.WhenAll(Enumerable.Range(0, n).Select(i => context.CallActivityAsync<string>("Hello", i.ToString())));
            return results.Length;
        });

    [Fact]
    public async Task Hello_cities()
    {
        await using var host = new EngineHarness(Functions);
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("HelloCities");
        var done = await host.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, done.RuntimeStatus);
        Assert.Equal(["Hello Tokyo", "Hello Seattle", "Hello London", "Hello Paris", "Hello Beijing"], done.ReadOutputAs<string[]>()!);
        var times = new List<double>();
        for (var i = 0; i < 300; i++)
        {
            var w1 = Stopwatch.StartNew();
            await host.Client.WaitForInstanceCompletionAsync(await host.Client.ScheduleNewOrchestrationInstanceAsync("HelloCities"));
            times.Add(w1.Elapsed.TotalMilliseconds);
        }
        times.Sort();
        Console.WriteLine($"alone p50 {times[150]:0.00} ms");
        for (var round = 0; round < 3; round++)
        {
            var watch = Stopwatch.StartNew();
            var count = 0;
            var tasks = Enumerable.Range(0, 1000).Select(async _ =>
            {
                while (Interlocked.Increment(ref count) <= 10000)
                    await host.Client.WaitForInstanceCompletionAsync(await host.Client.ScheduleNewOrchestrationInstanceAsync("HelloCities"));
            });
            await Task.WhenAll(tasks);
            Console.WriteLine($"{10000 / watch.Elapsed.TotalSeconds:0} orchestrations/s, {host.Engine.Core.Journal.Syncs} syncs");
        }

        foreach (var n in new[] { 100, 1000, 10000, 10000 })
        {
            var w2 = Stopwatch.StartNew();
            await host.Client.WaitForInstanceCompletionAsync(await host.Client.ScheduleNewOrchestrationInstanceAsync("FanOut", n));
            Console.WriteLine($"fan out {n}: {w2.Elapsed.TotalMilliseconds:0} ms");
        }
        var w = Stopwatch.StartNew();
        await host.RestartAsync();
        Console.WriteLine($"reopen {w.Elapsed.TotalMilliseconds:0} ms, {host.Engine.Core.Table.Count} instances, {host.Engine.Core.Journal.Bytes / 1e6:0} MB");
        Assert.Equal(done.SerializedOutput, (await host.Client.GetInstanceAsync(id, true))!.SerializedOutput);
    }
}
