using Darkroom.Functions.Tests.Orchestrations.TaskHub;
using Darkroom.TestKit;

namespace Darkroom.Functions.Tests.Orchestrations;

/// <summary>What an orchestration keeps when it continues as new. The gate and the batches rely on it.</summary>
public sealed class ContinueAsNewTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 4, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task ContinueAsNew_UnreadEvents_AreKeptAndTheStatusIsCleared()
    {
        await using var hub = new InMemoryTaskHub(new ManualTime(Start));
        hub.AddOrchestrator<int, int>("Test", async context =>
        {
            var sum = context.GetInput<int>() + await context.WaitForExternalEvent<int>("add");
            if (sum < 10)
            {
                context.ContinueAsNew(sum);
                return 0;
            }

            await context.CreateTimer(TimeSpan.FromMinutes(1), CancellationToken.None);
            context.SetCustomStatus("enough");
            return sum;
        });
        hub.Start("Test", 0, "a");
        foreach (var number in Enumerable.Range(1, 5))
            hub.RaiseEvent("a", "add", number);
        await hub.SettleAsync();
        Assert.Null(hub.Get("a").CustomStatus);
        Assert.Equal(3, hub.Get("a").Generation);
        await hub.RunUntilEndAsync("a");
        Assert.Equal((10, "enough"), (hub.Get("a").ReadOutput<int>(), hub.Get("a").ReadCustomStatus<string>()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task ContinueAsNew_EventAtTheSameMoment_IsNotLost(int seed)
    {
        await using var hub = new InMemoryTaskHub(new ManualTime(Start), seed);
        hub.AddOrchestrator<int, int>("Test", async context =>
        {
            var heard = context.GetInput<int>();
            var ring = context.CreateTimer(TimeSpan.FromSeconds(10), CancellationToken.None);
            while (true)
            {
                var word = context.WaitForExternalEvent<string>("word");
                await Task.WhenAny(word, ring);
                if (word.IsCompleted && ++heard == 60)
                    return heard;
                if (!word.IsCompleted)
                {
                    context.ContinueAsNew(heard);
                    return 0;
                }
            }
        });
        hub.AddOrchestrator<int, int>("Teller", async context =>
        {
            for (var n = 0; n < 12; n++)
            {
                await context.CreateTimer(TimeSpan.FromSeconds(10), CancellationToken.None);
                context.SendEvent("a", "word", $"{n}");
            }

            return 0;
        });
        hub.Start("Test", 0, "a");
        for (var teller = 0; teller < 5; teller++)
            hub.Start("Teller", 0, $"teller-{teller}");
        await hub.RunForAsync(TimeSpan.FromMinutes(3));
        Assert.True(hub.Get("a").IsCompleted);
        Assert.InRange(hub.Get("a").Generation, 5, 13);
    }
}
