namespace Darkroom.Cli.Tests.Mcp;

public sealed class CancellationTests
{
    [Fact]
    public async Task GenerateImage_ClientCancelsTheCall_LeavesTheJob()
    {
        using var cancel = new CancellationTokenSource();
        var aborted = new TaskCompletionSource();
        await using var darkroom = await FakeDarkroom.StartAsync(fake => fake.Look = async (id, wait, context) =>
        {
            if (wait == 0)
                return FakeDarkroom.Succeeded(id);
            context.RequestAborted.Register(aborted.SetResult);
            await cancel.CancelAsync();
            await aborted.Task;
            return FakeDarkroom.Running(id);
        });
        await using var session = await McpSession.StartAsync(darkroom.Url);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => session.CallAsync("generate_image", new { prompt = "a cat" }, cancel.Token));
        await aborted.Task;
        var result = await session.CallAsync("get_image", new { id = "j1", wait_seconds = 0 });

        Assert.Equal("succeeded", (string)result.Structured()["job"]!["status"]!);
        Assert.Equal((1, 0), (darkroom.Posts.Count, darkroom.Deletes));
    }
}
