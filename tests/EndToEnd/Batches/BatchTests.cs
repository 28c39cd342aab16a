using System.Net;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs.Models;

namespace Darkroom.EndToEnd;

/// <summary>Checks the batch API from a caller's view.</summary>
public sealed class BatchTests(TestApp app)
{
    [Fact]
    public async Task Batch_Ndjson_WritesOneResultPerLine()
    {
        var prompt = TestApp.NewPrompt("line");
        var body = string.Join(
            '\n', Enumerable.Range(1, 40).Select(n => $$"""{"prompt":"{{prompt}} {{n}}","size":"64x64","customId":"c{{n}}"}"""));
        var batch = await app.PostBatchAsync(body);
        Assert.Equal((40, 0), (batch["total"]!.GetValue<int>(), batch["skipped"]!.GetValue<int>()));

        var end = await app.EndOfBatchAsync(batch);

        // Both fields are always present, even if their value is null.
        Assert.All(["ratePerMinute", "etaSeconds"], name => Assert.True(end.ContainsKey(name), name));
        Assert.Null(end["etaSeconds"]);
        Assert.Equal((40, 0, 0), (end.Count("succeeded"), end.Count("queued"), end.Count("running")));
        var results = await app.LinesAsync(batch, "results");
        Assert.Empty(await app.LinesAsync(batch, "errors"));
        Assert.Equal(Enumerable.Range(1, 40), results.Select(line => line["line"]!.GetValue<int>()).Order());
        Assert.All(results, line => Assert.Equal($"c{line["line"]}", line["customId"]!.GetValue<string>()));
        var image = results[0]["images"]![0]!;
        using var picture = await app.Http.GetAsync(image["url"]!.GetValue<string>());
        Assert.Equal($"\"sha256-{image["sha256"]}\"", picture.Headers.ETag!.Tag);
        Assert.All(Enumerable.Range(1, 40), n => Assert.Equal(1, app.PostsOf($"{prompt} {n}")));
        Assert.Equal(Encoding.UTF8.GetBytes(body), await KeptInputAsync(batch));
        var job = await app.GetAsync(results[0]["jobId"]!.GetValue<string>());
        Assert.Equal(TestApp.IdOf(batch), job["batch"]!.GetValue<string>());
    }

    [Fact]
    public async Task Batch_CsvWithCounts_MakesThatManyPictures()
    {
        var prompt = TestApp.NewPrompt("row");
        var batch = await app.PostBatchAsync(
            [
                0xEF,
                0xBB,
                0xBF,
                .. Encoding.UTF8.GetBytes($"prompt,size,count,seed,customId\n\"{prompt}, one\",64x64,3,5,a\n{prompt} two,64x64,,,b\n")]
            ,
            "text/csv; charset=utf-8");
        Assert.Equal(4, batch["total"]!.GetValue<int>());
        await app.EndOfBatchAsync(batch);
        var results = await app.LinesAsync(batch, "results");
        Assert.Equal(
            [("a", 2, 0), ("a", 2, 1), ("a", 2, 2), ("b", 3, 0)],
            results.Select(
                line => (line["customId"]!.GetValue<string>(), line["line"]!.GetValue<int>(), line["index"]!.GetValue<int>())).Order());
        Assert.Equal(
            [5, 6, 7],
            app.Upstream.Tasks.All.Where(task => task.Body.Prompt == $"{prompt}, one").Select(task => (int)task.Body.Seed!).Order());
    }

    [Fact]
    public async Task Batch_DeeplyNestedItem_SucceedsAndIsShown()
    {
        var prompt = TestApp.NewPrompt("deep");
        var batch = await app.PostBatchAsync(
            $$$"""{"prompt":"{{{prompt}}}","size":"64x64","extra":{"x":{{{new string('[', 62)}}}{{{new string(']', 62)}}}}}""");
        Assert.Equal(1, (await app.EndOfBatchAsync(batch)).Count("succeeded"));
        var line = (await app.LinesAsync(batch, "results")).Single();
        using var answer = await app.Http.GetAsync($"api/images/{line["jobId"]!.GetValue<string>()}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Batch_MatrixOrText_Succeeds()
    {
        var prompt = TestApp.NewPrompt("matrix");
        var matrix = await app.PostBatchAsync(
            $$$"""{"matrix":{"prompt":["{{{prompt}}} a","{{{prompt}}} b"],"seed":[1,2]},"defaults":{"size":"64x64"}}""",
            "application/json");
        var text = await app.PostBatchAsync($"# mine\n{prompt} c\n\n{prompt} d\n", "text/plain");
        Assert.Equal(
            (4, 2), ((await app.EndOfBatchAsync(matrix)).Count("succeeded"), (await app.EndOfBatchAsync(text)).Count("succeeded")));
        Assert.Equal([2, 4], (await app.LinesAsync(text, "results")).Select(line => line["line"]!.GetValue<int>()).Order());
    }

    [Fact]
    public async Task Batch_InvalidLine_IsRefusedOrSkipped()
    {
        var prompt = TestApp.NewPrompt("wrong");
        var body = $"{{\"prompt\":\"{prompt}\",\"size\":\"64x64\"}}\n\n{{\"prompt\":\"{prompt}\",\"steps\":0,\"colour\":1}}\nnonsense\n";
        var key = $"key {prompt}".Replace(' ', '-');
        var refused = await app.PostBatchAsync(body, key: key, expected: HttpStatusCode.BadRequest);
        Assert.Equal(["line 3", "line 4"], refused["errors"]!.AsObject().Select(line => line.Key));
        Assert.Equal(2, refused["errors"]!["line 3"]!.AsArray().Count);
        Assert.Equal(0, app.PostsOf(prompt));

        var skipping = await app.PostBatchAsync(body, query: "?onInvalid=skip", key: key);
        Assert.Equal((1, 2), (skipping["total"]!.GetValue<int>(), skipping["skipped"]!.GetValue<int>()));
        await app.EndOfBatchAsync(skipping);
        Assert.Equal(1, app.PostsOf(prompt));
        // The refused request had the same id, and must have left no input behind.
        Assert.Single(await InputsOfAsync(skipping));
    }

    [Fact]
    public async Task Validate_Csv_ReturnsCountCostAndTime()
    {
        var prompt = TestApp.NewPrompt("ask");
        var seen = await app.PostBatchAsync(
            $"prompt,steps,count\n{prompt},9,2\n{prompt},900,\n{prompt},,\n", "text/csv", "?validate=only", expected: HttpStatusCode.OK);
        Assert.Equal(
            (3, 1.5m, 6m),
            (seen["total"]!.GetValue<int>(), seen["credits"]!["min"]!.GetValue<decimal>(), seen["credits"]!["max"]!.GetValue<decimal>()));
        Assert.Equal((3, "steps"), (seen["invalid"]![0]!["line"]!.GetValue<int>(), seen["invalid"]![0]!["field"]!.GetValue<string>()));
        Assert.True(seen["etaSeconds"]!.GetValue<int>() > 0);
        var nothing = await app.PostBatchAsync("text\nx\n", "text/csv", "?validate=only", expected: HttpStatusCode.OK);
        Assert.Equal((0, "prompt"), (nothing["total"]!.GetValue<int>(), nothing["invalid"]![0]!["field"]!.GetValue<string>()));
        Assert.Equal(0, app.PostsOf(prompt));
    }

    [Fact]
    public async Task Batch_SameKey_IsTheSameBatch()
    {
        var (prompt, key) = (TestApp.NewPrompt("key"), Guid.NewGuid().ToString());
        // A refused request does not use the key.
        await app.PostBatchAsync("nonsense", key: key, expected: HttpStatusCode.BadRequest);
        var body = $"{{\"prompt\":\"{prompt}\",\"size\":\"64x64\"}}";
        var all = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => app.SendBatchAsync(Encoding.UTF8.GetBytes(body), key: key)));
        // Concurrent requests with the same key may be answered with 409.
        Assert.All(
            all,
            answer =>
                Assert.True(
                    answer.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.OK or HttpStatusCode.Conflict, $"{answer.StatusCode}"));
        var batch = await app.PostBatchAsync(
            body, key: key, expected: (await app.SendBatchAsync(Encoding.UTF8.GetBytes(body), key: key)).StatusCode);
        await app.EndOfBatchAsync(batch);
        using var again = await app.SendBatchAsync(Encoding.UTF8.GetBytes(body), key: key);
        Assert.Equal((HttpStatusCode.OK, "true"), (again.StatusCode, again.Headers.GetValues("Idempotent-Replayed").Single()));
        await app.PostBatchAsync(body + "\n" + body, key: key, expected: HttpStatusCode.UnprocessableEntity);
        Assert.Equal(1, app.PostsOf(prompt));
        // A job with the same key is independent of the batch.
        Assert.NotEqual(
            TestApp.IdOf(batch), TestApp.IdOf(await app.PostAsync(new { prompt = TestApp.NewPrompt("job"), size = "64x64" }, key)));
    }

    [Fact]
    public async Task Batch_TooLargeOrInvalidRequest_IsRefused()
    {
        await app.PostBatchAsync(
            string.Concat(Enumerable.Repeat("a\n", 50_001)), "text/plain", expected: HttpStatusCode.RequestEntityTooLarge);
        await app.PostBatchAsync(
            """{"matrix":{"prompt":["a"],"count":[1]},"defaults":{}}""".Replace(
                "[\"a\"]", $"[{string.Join(',', Enumerable.Repeat("\"a\"", 50_001))}]", StringComparison.Ordinal),
            "application/json",
            expected: HttpStatusCode.RequestEntityTooLarge);
        await app.PostBatchAsync("<a/>", "application/xml", expected: HttpStatusCode.UnsupportedMediaType);
        await app.PostBatchAsync("", expected: HttpStatusCode.BadRequest);
        await app.PostBatchAsync("# nothing\n", "text/plain", expected: HttpStatusCode.BadRequest);
        await app.PostBatchAsync("a", "text/plain", "?onInvalid=maybe", expected: HttpStatusCode.BadRequest);
        await app.PostBatchAsync("a", "text/plain", "?validate=yes", expected: HttpStatusCode.BadRequest);
        foreach (var path in new[] { "", "/results", "/errors", "/events" })
        {
            using var answer = await app.Http.GetAsync($"api/batches/none{path}");
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        using var retry = await app.SendAsync(HttpMethod.Post, "api/batches/none/retry");
        using var cancel = await app.SendAsync(HttpMethod.Delete, "api/batches/none");
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (retry.StatusCode, cancel.StatusCode));
    }

    [Fact]
    public async Task Events_Batch_SendEachChangeAndEndWithTheBatch()
    {
        var prompt = TestApp.NewPrompt("event");
        var batch = await app.PostBatchAsync(string.Join('\n', Enumerable.Range(1, 20).Select(n => $"{prompt} {n}")), "text/plain");
        await using var stream = await app.Http.GetStreamAsync($"api/batches/{TestApp.IdOf(batch)}/events");
        var events = new List<JsonObject>();
        await foreach (var one in SseParser.Create(stream).EnumerateAsync())
            events.Add(JsonNode.Parse(one.Data)!.AsObject());
        Assert.All(events, BatchSteps.AssertAddsUp);
        Assert.Equal("finished", TestApp.StatusOf(events[^1]));
        Assert.All(
            events.Zip(events.Skip(1)),
            pair =>
                Assert.NotEqual(
                    pair.First["counts"]!.ToJsonString() + pair.First["status"],
                    pair.Second["counts"]!.ToJsonString() + pair.Second["status"]));
        Assert.All(events.Zip(events.Skip(1)), pair => Assert.True(pair.First.Count("succeeded") <= pair.Second.Count("succeeded")));
    }

    [Fact]
    public async Task Batch_RestartedInstance_HasEveryLineOnce()
    {
        var prompt = TestApp.NewPrompt("restarted");
        var batch = await app.PostBatchAsync(
            string.Join('\n', Enumerable.Range(1, 70).Select(n => $$"""{"prompt":"{{prompt}} {{n}}","size":"64x64"}""")));
        await app.EndOfBatchAsync(batch);
        using var restart = await app.SendAsync(
            HttpMethod.Post, $"runtime/webhooks/durabletask/instances/{TestApp.IdOf(batch)}/restart?restartWithNewInstanceId=false");
        Assert.Equal(HttpStatusCode.Accepted, restart.StatusCode);
        var end = await app.EndOfBatchAsync(batch);
        Assert.Equal(70, end.Count("succeeded"));
        Assert.Equal(
            Enumerable.Range(1, 70), (await app.LinesAsync(batch, "results")).Select(line => line["line"]!.GetValue<int>()).Order());
        Assert.All(Enumerable.Range(1, 70), n => Assert.Equal(1, app.PostsOf($"{prompt} {n}")));
    }

    private async Task<byte[]> KeptInputAsync(JsonObject batch)
    {
        var container = app.Storage.GetBlobContainerClient("darkroom-jobs");
        await foreach (
            var blob in container.GetBlobsAsync(
                BlobTraits.None, BlobStates.None, $"batches/{TestApp.IdOf(batch)}/", CancellationToken.None))
        {
            if (blob.Name.EndsWith("/input", StringComparison.Ordinal))
                return (await container.GetBlobClient(blob.Name).DownloadContentAsync()).Value.Content.ToArray();
        }

        return [];
    }

    private async Task<IReadOnlyList<string>> InputsOfAsync(JsonObject batch)
    {
        var inputs = new List<string>();
        var container = app.Storage.GetBlobContainerClient("darkroom-jobs");
        await foreach (
            var blob in container.GetBlobsAsync(
                BlobTraits.None, BlobStates.None, $"batches/{TestApp.IdOf(batch)}/", CancellationToken.None))
        {
            if (blob.Name.EndsWith("/input", StringComparison.Ordinal))
                inputs.Add(blob.Name);
        }

        return inputs;
    }
}
