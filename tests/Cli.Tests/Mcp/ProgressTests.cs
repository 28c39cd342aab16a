using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Darkroom.TestKit;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Darkroom.Cli.Tests.Mcp;

public sealed class ProgressTests
{
    [Fact]
    public async Task GenerateImage_JobChanges_SendsGrowingProgressWithStageQueuePositionAndPercent()
    {
        var states = new Queue<Func<string, string>>([
            id => FakeDarkroom.Running(id, "queued", position: 1),
            id => FakeDarkroom.Running(id, percent: 40),
            id => FakeDarkroom.Succeeded(id)]);
        await using var darkroom = await FakeDarkroom.StartAsync(
            fake => fake.Look = (id, _, _) => Task.FromResult(states.Dequeue()(id)));
        await using var session = await McpSession.StartAsync(darkroom.Url, new ManualTime());
        var seen = new ConcurrentBag<ProgressNotificationParams>();
        var complete = new TaskCompletionSource();
        await using var handler = session.Client.RegisterNotificationHandler(NotificationMethods.ProgressNotification, (notification, _) =>
        {
            seen.Add(notification.Params.Deserialize<ProgressNotificationParams>(McpJsonUtilities.DefaultOptions)!);
            if (seen.Count == 4)
                complete.TrySetResult();
            return ValueTask.CompletedTask;
        });
        var call = Calls.Of("generate_image", new { prompt = "a cat" });
        call.Meta = new JsonObject { ["progressToken"] = "p1" };

        await session.Client.CallToolAsync(call);
        await complete.Task;

        Assert.All(seen, one => Assert.Equal((new ProgressToken("p1"), 100f), (one.ProgressToken, one.Progress.Total)));
        var ordered = seen.OrderBy(one => one.Progress.Progress).ToArray();
        Assert.Equal(4, ordered.DistinctBy(one => one.Progress.Progress).Count());
        Assert.Equal(
            [
                "queued, number 3, stage waiting, job j1",
                "queued, number 1, stage waiting, job j1",
                "generating, 40 %, stage waiting, job j1",
                "succeeded, job j1",
            ],
            ordered.Select(one => one.Progress.Message));
        Assert.Equal([40, 100], ordered[2..].Select(one => one.Progress.Progress));
    }
}
