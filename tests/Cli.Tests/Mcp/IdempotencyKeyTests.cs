using System.Text.Json.Nodes;
using Darkroom.TestKit;
using Microsoft.AspNetCore.Http;

namespace Darkroom.Cli.Tests.Mcp;

/// <summary>A call that a client repeats is paid once.</summary>
public sealed class IdempotencyKeyTests
{
    [Fact]
    public async Task GenerateImage_SameKeyTwice_IsOneJob()
    {
        await using var darkroom = await FakeDarkroom.StartAsync();
        await using var session = await McpSession.StartAsync(darkroom.Url);
        var call = new { prompt = "a cat", idempotency_key = "cat-1" };

        var first = await session.CallAsync("generate_image", call);
        var second = await session.CallAsync("generate_image", call);

        Assert.Equal(["j1"], darkroom.Jobs);
        Assert.Equal(["cat-1", "cat-1"], darkroom.Posts.Select(post => post.Key));
        Assert.True(JsonNode.DeepEquals(first.Structured(), second.Structured()));
    }

    [Fact]
    public async Task GenerateImage_KeyOfTheAnswer_FindsTheSameJob()
    {
        await using var darkroom = await FakeDarkroom.StartAsync();
        await using var session = await McpSession.StartAsync(darkroom.Url);

        var first = await session.CallAsync("generate_image", new { prompt = "a cat" });
        var key = (string)first.Structured()["idempotencyKey"]!;
        await session.CallAsync("generate_image", new { prompt = "a cat", idempotency_key = key });

        Assert.Equal(["j1"], darkroom.Jobs);
    }

    [Fact]
    public async Task GenerateImage_WithoutKeyTwice_IsTwoJobs()
    {
        await using var darkroom = await FakeDarkroom.StartAsync();
        await using var session = await McpSession.StartAsync(darkroom.Url);

        await session.CallAsync("generate_image", new { prompt = "a cat" });
        await session.CallAsync("generate_image", new { prompt = "a cat" });

        Assert.Equal(2, darkroom.Jobs.Count);
    }

    [Fact]
    public async Task GenerateImage_PostIsNeverAnswered_ReturnsTheKeyThatFindsTheJob()
    {
        var time = new ManualTime();
        await using var darkroom = await FakeDarkroom.StartAsync(fake => fake.Refuse = () =>
        {
            time.Advance(TimeSpan.FromSeconds(50));
            return Results.StatusCode(500);
        });
        await using var session = await McpSession.StartAsync(darkroom.Url, time);

        var result = await session.CallAsync("generate_image", new { prompt = "a cat" });

        Assert.True(result.IsError);
        Assert.Contains($"idempotency_key \"{darkroom.Posts.First().Key}\"", result.Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("my key")]
    [InlineData("猫")]
    [InlineData("a\r\nx-functions-key: b")]
    public async Task GenerateImage_KeyThatIsNoHeader_IsAnErrorAndSubmitsNothing(string key)
    {
        await using var darkroom = await FakeDarkroom.StartAsync();
        await using var session = await McpSession.StartAsync(darkroom.Url);

        var result = await session.CallAsync("generate_image", new { prompt = "a cat", idempotency_key = key });

        Assert.True(result.IsError);
        Assert.StartsWith("idempotency_key: Must be 1 to 255 visible ASCII characters", result.Text(), StringComparison.Ordinal);
        Assert.Empty(darkroom.Posts);
    }
}
