using System.Text.Json.Nodes;
using Azure.Storage.Queues;

namespace Darkroom.EndToEnd;

/// <summary>
/// Checks that a job or batch from the queue starts once, even if its message arrives several times. DARKROOM_BULK_MESSAGES=500 runs the
/// long form.
/// </summary>
[Collection(BulkApp.Name)]
public sealed class QueueTests(BulkApp app)
{
    private static readonly int Messages = int.TryParse(Environment.GetEnvironmentVariable("DARKROOM_BULK_MESSAGES"), out var number)
        ? number
        : 60;

    [Fact]
    public async Task Message_DeliveredThreeTimes_IsOneJob()
    {
        var prompt = TestApp.NewPrompt("thrice");
        var jobs = await app.QueueAsync("darkroom-jobs");
        var run = Guid.NewGuid().ToString("N");
        // All messages are sent in three rounds. A message that the app holds when it is killed stays hidden for ten minutes, but a later
        // round contains the same id.
        var deliveries = Enumerable.Range(0, 3).SelectMany(_ => Enumerable.Range(0, Messages));
        await Parallel.ForEachAsync(deliveries, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (n, token) =>
            await jobs.SendMessageAsync(
                new JsonObject { ["id"] = $"{run}-{n}", ["prompt"] = $"{prompt} {n}", ["size"] = "64x64" }.ToJsonString(), token));
        await UntilAsync(() => Task.FromResult(app.PostsOf($"{prompt} {Messages / 3}") == 1));
        await app.CrashAsync();
        for (var n = 0; n < Messages; n++)
            await EndOfAsync($"{run}-{n}");
        await EmptyAsync(jobs);
        for (var n = 0; n < Messages; n++)
        {
            // If the app was killed during a submit, the outcome is unknown and the task is not posted again.
            var isUnknown = TestApp.StatusOf(await app.GetAsync($"{run}-{n}")) == "submissionUnknown";
            Assert.InRange(app.PostsOf($"{prompt} {n}"), isUnknown ? 0 : 1, 1);
        }
    }

    [Fact]
    public async Task Message_WithoutId_StartsAJobEachTime()
    {
        var prompt = TestApp.NewPrompt("own");
        var jobs = await app.QueueAsync("darkroom-jobs");
        var body = new JsonObject { ["prompt"] = prompt, ["size"] = "64x64" }.ToJsonString();
        await jobs.SendMessageAsync(body);
        await jobs.SendMessageAsync(body);
        await UntilAsync(() => Task.FromResult(app.PostsOf(prompt) == 2));
    }

    [Fact]
    public async Task Message_Invalid_IsPoisonedWithTheReason()
    {
        var (jobs, poison) = (await app.QueueAsync("darkroom-jobs"), await app.QueueAsync("darkroom-jobs-poison"));
        var id = Guid.NewGuid().ToString("N");
        var good = new JsonObject { ["id"] = id, ["prompt"] = TestApp.NewPrompt("first"), ["size"] = "64x64" }.ToJsonString();
        await jobs.SendMessageAsync(good);
        await EndOfAsync(id);
        var bad = new Dictionary<string, (string Reason, string Field)>
        {
            ["nonsense " + id] = ("invalid-request", "body"),
            [$$"""{"id":"{{id}}","prompt":"another"}"""] = ("idempotency-key-reuse", "id"),
            [$$"""{"id":"upstream-gate","prompt":"{{id}}"}"""] = ("idempotency-key-reuse", "id"),
            [$$"""{"prompt":"a","steps":0,"name":"{{id}}"}"""] = ("invalid-request", "steps"),
            [$$"""{"id":"../{{id}}","prompt":"a"}"""] = ("invalid-request", "id"),
            [$$$"""{"batch":{"blob":"azure-webjobs-secrets/{{{id}}}","contentType":"text/plain"}}"""] = ("invalid-request", "batch.blob"),
            [$$$"""{"batch":{"blob":"darkroom-inbox/../darkroom-jobs/{{{id}}}","contentType":"text/plain"}}"""]
                = ("invalid-request", "batch.blob"),
            [$$$"""{"batch":{"blob":"darkroom-inbox/%2e%2e/darkroom-jobs/{{{id}}}","contentType":"text/plain"}}"""]
                = ("not-found", "batch.blob"),
            [$$"""{"id":"{{id}}.0","prompt":"a"}"""] = ("invalid-request", "id"),
            [$$$"""{"batch":{"blob":"darkroom-inbox/none/{{{id}}}","contentType":"text/csv"}}"""] = ("not-found", "batch.blob"),
            [$$$"""{"batch":{"blob":"{{{id}}}","contentType":"image/png"}}"""] = ("invalid-request", "batch.contentType"),
            [$$"""{"prompt":"{{new string('a', 40_000)}}{{id}}"}"""] = ("invalid-request", "prompt"),
            [$$"""{"prompt":"a","{{new string('x', 40_000)}}":"{{id}}"}"""] = ("invalid-request", new string('x', 99) + "…"),
            [$$$"""{"batch":{"blob":"darkroom-inbox/wide/{{{id}}}.csv","contentType":"text/csv"}}"""] = ("invalid-request", "prompt"),
        };
        await app.Storage.GetBlobContainerClient("darkroom-inbox")
            .GetBlobClient($"wide/{id}.csv")
            .UploadAsync(BinaryData.FromString(new string('x', 500_000)));
        foreach (var message in bad.Keys)
            await jobs.SendMessageAsync(message);
        var found = new Dictionary<string, JsonObject>();
        var missing = bad.Keys.ToList();
        await UntilAsync(
            async () =>
        {
            foreach (var message in (await poison.ReceiveMessagesAsync(32)).Value)
            {
                var envelope = JsonNode.Parse(message.MessageText)!.AsObject();
                var text = envelope["message"]?.GetValue<string>() ?? (
                    await app.Storage.GetBlobContainerClient("darkroom-jobs")
                        .GetBlobClient(envelope["messageBlob"]!.GetValue<string>().Split('/', 2)[1])
                        .DownloadContentAsync()).Value.Content.ToString();
                found[text] = envelope;
                await poison.DeleteMessageAsync(message.MessageId, message.PopReceipt);
            }

            missing.RemoveAll(found.ContainsKey);
            return missing.Count == 0;
        },
            () => string.Join('\n', missing.Select(message => message[..Math.Min(200, message.Length)])));
        Assert.All(bad, one => Assert.Equal(one.Value.Reason, found[one.Key]["reason"]!.GetValue<string>()));
        Assert.All(
            bad, one => Assert.True(found[one.Key]["errors"]!.AsObject().ContainsKey(one.Value.Field), found[one.Key].ToJsonString()));
    }

    [Fact]
    public async Task Message_BatchInABlob_StartsOnceAndAnnouncesItsEnd()
    {
        var prompt = TestApp.NewPrompt("blob");
        var container = app.Storage.GetBlobContainerClient("darkroom-inbox");
        var id = Guid.NewGuid().ToString("N");
        await container.GetBlobClient($"in/{id}.txt").UploadAsync(BinaryData.FromString($"{prompt} a\n{prompt} b\n"));
        var jobs = await app.QueueAsync("darkroom-jobs");
        for (var time = 0; time < 3; time++)
            await jobs.SendMessageAsync(
                $$$$"""
                {"id":"{{{{id}}}}","batch":{"blob":"darkroom-inbox/in/{{{{id}}}}.txt","contentType":"text/plain","defaults":{"size":"64x64"}}}
                """);
        await EmptyAsync(jobs);
        await UntilAsync(async () =>
        {
            using var answer = await app.Http.GetAsync($"api/batches/{id}");
            return answer.IsSuccessStatusCode;
        });
        var end = await app.EndOfBatchAsync(new JsonObject { ["id"] = id });
        Assert.Equal((2, 1, 1), (end.Count("succeeded"), app.PostsOf($"{prompt} a"), app.PostsOf($"{prompt} b")));

        var results = await app.QueueAsync("darkroom-results");
        JsonObject? told = null;
        await UntilAsync(async () =>
        {
            foreach (var message in (await results.ReceiveMessagesAsync(32, TimeSpan.FromMinutes(5))).Value)
                told = JsonNode.Parse(message.MessageText)!.AsObject() is var one && TestApp.IdOf(one) == id ? one : told;
            return told is not null;
        });
        Assert.Equal(
            ("batch", "finished", 2),
            (told!["kind"]!.GetValue<string>(), TestApp.StatusOf(told), told["counts"]!["succeeded"]!.GetValue<int>()));
    }

    private static Task EmptyAsync(QueueClient queue) => UntilAsync(async () => (await queue.PeekMessagesAsync(1)).Value.Length == 0);

    private async Task EndOfAsync(string id)
    {
        await UntilAsync(async () =>
        {
            using var answer = await app.Http.GetAsync($"api/images/{id}?wait=20");
            return answer.StatusCode == System.Net.HttpStatusCode.OK;
        });
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo, Func<string>? missing = null)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        for (var look = 0; look < 600; look++)
        {
            if (await isSo())
                return;
            await pace.WaitForNextTickAsync();
        }

        throw new TimeoutException($"It did not come about. {missing?.Invoke()}");
    }
}
