using System.Net;
using System.Text.Json.Nodes;

namespace Darkroom.EndToEnd;

/// <summary>Checks retries of a batch and of its retries.</summary>
public sealed class BatchRetryTests(TestApp app)
{
    [Fact]
    public async Task Retry_Batch_TriesOnlyFailedItemsOnce()
    {
        var prompt = TestApp.NewPrompt("again");
        app.Upstream.Scenarios.Assign("bad-parameter", $"{prompt} bad");
        app.Upstream.Scenarios.Assign("submit-502", $"{prompt} unknown");
        var batch = await app.PostBatchAsync($"{prompt} good\n{prompt} bad\n{prompt} unknown\n", "text/plain");
        var end = await app.EndOfBatchAsync(batch);
        Assert.Equal((1, 2, 1), (end.Count("succeeded"), end.Count("failed"), end["unknown"]!.GetValue<int>()));

        var first = await RetryAsync(batch);
        Assert.Equal(1, first["total"]!.GetValue<int>());
        Assert.Equal(1, (await app.EndOfBatchAsync(first)).Count("failed"));
        Assert.Equal(2, app.PostsOf($"{prompt} bad"));
        // The item failed again, so a second retry tries it again. The third retry also includes the unknown item.
        var second = await RetryAsync(batch);
        await app.EndOfBatchAsync(second);
        Assert.Equal([2], (await app.LinesAsync(second, "errors")).Select(line => line["line"]!.GetValue<int>()));
        var third = await RetryAsync(batch, "?include=unknown");
        Assert.Equal(2, third["total"]!.GetValue<int>());
        await app.EndOfBatchAsync(third);
        Assert.Equal((1, 4, 2), (app.PostsOf($"{prompt} good"), app.PostsOf($"{prompt} bad"), app.PostsOf($"{prompt} unknown")));
        Assert.Equal(
            new[] { first, second, third }.Select(TestApp.IdOf),
            (await app.BatchAsync(batch))["children"]!.AsArray().Select(child => child!.GetValue<string>()));
        Assert.Equal(TestApp.IdOf(batch), (await app.BatchAsync(third))["parent"]!.GetValue<string>());

        var fine = await app.PostBatchAsync($"{prompt} fine\n", "text/plain");
        await app.EndOfBatchAsync(fine);
        using var nothing = await app.SendAsync(HttpMethod.Post, $"api/batches/{TestApp.IdOf(fine)}/retry");
        Assert.Equal(HttpStatusCode.Conflict, nothing.StatusCode);
    }

    [Fact]
    public async Task Retry_ItemTriedByAGrandchild_IsNotTriedAgain()
    {
        var prompt = TestApp.NewPrompt("family");
        app.Upstream.Scenarios.Assign("bad-parameter", $"{prompt} bad", 2);
        var batch = await app.PostBatchAsync($$"""{"prompt":"{{prompt}} bad","size":"64x64"}""");
        Assert.Equal(1, (await app.EndOfBatchAsync(batch)).Count("failed"));
        var child = await RetryAsync(batch);
        Assert.Equal(1, (await app.EndOfBatchAsync(child)).Count("failed"));
        var grandchild = await RetryAsync(child);
        Assert.Equal(TestApp.IdOf(child), (await app.BatchAsync(grandchild))["parent"]!.GetValue<string>());
        Assert.Equal(1, (await app.EndOfBatchAsync(grandchild)).Count("succeeded"));
        foreach (var other in new[] { batch, child })
        {
            using var nothing = await app.SendAsync(HttpMethod.Post, $"api/batches/{TestApp.IdOf(other)}/retry");
            Assert.Equal(HttpStatusCode.Conflict, nothing.StatusCode);
        }

        Assert.Equal(3, app.PostsOf($"{prompt} bad"));
    }

    private async Task<JsonObject> RetryAsync(JsonObject batch, string query = "")
    {
        using var answer = await app.SendAsync(HttpMethod.Post, $"api/batches/{TestApp.IdOf(batch)}/retry{query}");
        return await app.ReadAsync(answer, HttpStatusCode.Accepted);
    }
}
