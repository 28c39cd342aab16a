using Darkroom.LocalHost.Tests.Engine;
using Microsoft.DurableTask;

namespace Darkroom.LocalHost.Tests.Simulation;

/// <summary>Orchestrators that use everything, and whose results are known beforehand whatever happens on the way.</summary>
internal static class Workload
{
    private static readonly TaskOptions Patient = TaskOptions.FromRetryPolicy(new RetryPolicy(20, TimeSpan.FromSeconds(1), 1.5, TimeSpan.FromSeconds(30)));

    /// <param name="mayFail">Asked each time an activity runs: whether it fails this time.</param>
    public static TestFunctions Functions(Func<bool> mayFail) => new TestFunctions()
        .Activity("Double", input => mayFail() ? throw new InvalidOperationException("not this time") : int.Parse(input!) * 2)
        .Orchestrator("Chain", async context =>
        {
            var value = context.GetInput<int>();
            for (var i = 0; i < 4; i++)
                value = await context.CallActivityAsync<int>("Double", value, Patient);
            return value;
        })
        .Orchestrator("FanOut", async context =>
        {
            var results = await Task.WhenAll(Enumerable.Range(0, context.GetInput<int>()).Select(i => context.CallActivityAsync<int>("Double", i, Patient)));
            return results.Sum();
        })
        .Orchestrator("Race", async context =>
        {
            using var tooLate = new CancellationTokenSource();
            var timer = context.CreateTimer(TimeSpan.FromHours(5), tooLate.Token);
            var work = context.CallActivityAsync<int>("Double", context.GetInput<int>(), Patient);
            await Task.WhenAny(timer, work);
            tooLate.Cancel(); // CancelAsync would go to another thread, which is not durable
            return await work;
        })
        .Orchestrator("Parent", async context =>
        {
            var n = context.GetInput<int>();
            var first = await context.CallSubOrchestratorAsync<int>("Chain", n);
            var both = await Task.WhenAll(context.CallSubOrchestratorAsync<int>("FanOut", 3), context.CallSubOrchestratorAsync<int>("Race", n));
            return first + both.Sum();
        })
        .Orchestrator("Ticks", async context =>
        {
            var left = context.GetInput<int>();
            context.SetCustomStatus(left);
            await context.CreateTimer(TimeSpan.FromMinutes(7), CancellationToken.None);
            if (left > 0)
                context.ContinueAsNew(left - 1);
            return "done";
        })
        .Orchestrator("Collector", async context =>
        {
            // Begins anew after every third event, so that unclaimed ones have to be carried over.
            var (got, wanted) = context.GetInput<Collected>()!;
            for (var i = 0; i < 3 && got.Count < wanted; i++)
            {
                var next = await context.WaitForExternalEvent<string>("item");
                got = [.. got, next];
                context.SetCustomStatus(got.Count);
            }

            if (got.Count < wanted)
                context.ContinueAsNew(new Collected(got, wanted));
            return got;
        })
        .Orchestrator("Sender", async context =>
        {
            var (to, items) = context.GetInput<Sending>()!;
            foreach (var item in items)
            {
                await context.CreateTimer(TimeSpan.FromSeconds(3), CancellationToken.None);
                context.SendEvent(to, "ITEM", item);
            }

            return items.Count;
        });

    /// <summary>What an instance must come to.</summary>
    public static int Expected(string name, int input) => name switch
    {
        "Chain" => input * 16,
        "FanOut" => Enumerable.Range(0, input).Sum() * 2,
        "Race" => input * 2,
        "Parent" => (input * 16) + 6 + (input * 2),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "Not one of these."),
    };

    internal sealed record Collected(IReadOnlyList<string> Got, int Wanted);

    internal sealed record Sending(string To, IReadOnlyList<string> Items);
}
