using Darkroom.TestKit;

namespace Darkroom.Cli.Tests.Mcp;

/// <summary>Jobs that take longer than a call. The fake server moves the clock, so that no test waits.</summary>
public sealed class CallLimitTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task GenerateImage_JobOutlivesTheCall_ReturnsItsIdWithin50SecondsAndGetImageFinishesIt()
    {
        var isDone = false;
        await using var darkroom = await FakeDarkroom.StartAsync(fake => fake.Look = (id, wait, _) =>
        {
            _time.Advance(TimeSpan.FromSeconds(wait));
            return Task.FromResult(isDone ? FakeDarkroom.Succeeded(id) : FakeDarkroom.Running(id, percent: 40));
        });
        await using var session = await McpSession.StartAsync(darkroom.Url, _time);
        var began = _time.GetUtcNow();

        var first = await session.CallAsync("generate_image", new { prompt = "a cat" });

        Assert.InRange(_time.GetUtcNow() - began, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(50));
        Assert.NotEqual(true, first.IsError);
        Assert.Equal(("j1", "generating"), ((string)first.Structured()["job"]!["id"]!, (string)first.Structured()["job"]!["status"]!));
        Assert.Contains("Call get_image with id \"j1\"", (string)first.Structured()["message"]!, StringComparison.Ordinal);

        isDone = true;
        var second = await session.CallAsync("get_image", new { id = "j1" });

        Assert.Equal("succeeded", (string)second.Structured()["job"]!["status"]!);
        await session.AssertFitsSchemaAsync("get_image", second);
        Assert.Equal((1, 0), (darkroom.Posts.Count, darkroom.Deletes));
    }

    [Fact]
    public async Task GenerateImage_ServerStopsAnswering_ReturnsTheLastKnownStateWithin50Seconds()
    {
        await using var darkroom = await FakeDarkroom.StartAsync(fake => fake.Look = async (id, wait, context) =>
        {
            _time.Advance(TimeSpan.FromSeconds(50));
            await context.UntilAbortedAsync();
            return FakeDarkroom.Succeeded(id);
        });
        await using var session = await McpSession.StartAsync(darkroom.Url, _time);

        var result = await session.CallAsync("generate_image", new { prompt = "a cat" });

        Assert.NotEqual(true, result.IsError);
        Assert.Equal("queued", (string)result.Structured()["job"]!["status"]!);
        Assert.Single(darkroom.Looks);
    }

    [Fact]
    public async Task GenerateImage_ServerAnswersWithoutWaiting_PausesBetweenRequests()
    {
        await using var darkroom = await FakeDarkroom.StartAsync(
            fake => fake.Look = (id, _, _) => Task.FromResult(FakeDarkroom.Running(id, percent: 40)));
        await using var session = await McpSession.StartAsync(darkroom.Url, new PauseSkippingTime());

        var result = await session.CallAsync("generate_image", new { prompt = "a cat" });

        Assert.Equal("generating", (string)result.Structured()["job"]!["status"]!);
        Assert.InRange(darkroom.Looks.Count, 40, 50);
    }

    [Fact]
    public async Task GenerateImage_WaitSeconds0_ReturnsTheAcceptedJobAtOnce()
    {
        await using var darkroom = await FakeDarkroom.StartAsync();
        await using var session = await McpSession.StartAsync(darkroom.Url, _time);

        var result = await session.CallAsync("generate_image", new { prompt = "a cat", wait_seconds = 0 });

        Assert.Equal("queued", (string)result.Structured()["job"]!["status"]!);
        Assert.Empty(darkroom.Looks);
    }
}
