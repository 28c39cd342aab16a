using System.Net;
using System.Text.Json.Nodes;

namespace Darkroom.EndToEnd;

/// <summary>Checks batches at a gate with one slot: the order of jobs, and what a cancel stops.</summary>
[Trait(TestApp.Needs, TestApp.OwnApp)]
[Collection(OneSlotApp.AnotherName)]
public sealed class BatchGateTests(OneSlotApp app) : OneSlotTest(app)
{
    [Fact]
    public async Task InteractiveJob_BehindALargeBatch_GoesFirst()
    {
        App.Holds();
        var (bulk, person) = (TestApp.NewPrompt("bulk"), TestApp.NewPrompt("person"));
        var batch = await BatchAsync(bulk, 5000);
        await App.UntilGateAsync(gate => OneSlotApp.Waiting(gate) > 10 && Posted(bulk) == 1);
        var job = await App.PostAsync(new { prompt = person, size = "64x64" });
        await App.UntilAsync(job, now => now["progress"]!["queuePosition"]?.GetValue<int>() == 1);
        App.IsInstant();
        await App.EndOfAsync(job);
        Assert.Equal(
            1,
            App.Upstream.Tasks.All.TakeWhile(task => task.Body.Prompt != person).Count(
                task => task.Body.Prompt.StartsWith(bulk, StringComparison.Ordinal)));

        await CancelAsync(batch, HttpStatusCode.Accepted);
        var end = await App.EndOfBatchAsync(batch);
        Assert.Equal(5000, end.Count("succeeded") + end.Count("canceled"));
    }

    [Fact]
    public async Task Batches_Eight_TakeTurns()
    {
        const int Items = 3;
        await App.HeldJobAsync();
        var prompts = Enumerable.Range(0, 8).Select(n => TestApp.NewPrompt($"turn{n}")).ToArray();
        var batches = new List<JsonObject>();
        foreach (var prompt in prompts)
            batches.Add(await BatchAsync(prompt, Items));
        await App.UntilGateAsync(gate => OneSlotApp.Waiting(gate) == prompts.Length * Items);
        App.IsInstant();
        foreach (var batch in batches)
            await App.EndOfBatchAsync(batch);
        var order = App.Upstream.Tasks.All.Select(
            task =>
                Array.FindIndex(prompts, prompt => task.Body.Prompt.StartsWith(prompt, StringComparison.Ordinal))).Where(at =>
                    at >= 0).ToArray();
        Assert.Equal(prompts.Length * Items, order.Length);
        Assert.All(order.Chunk(prompts.Length), round => Assert.Equal(Enumerable.Range(0, prompts.Length), round.Order()));
    }

    [Fact]
    public async Task Cancel_RunningBatch_SubmitsNothingMoreAndWritesEveryLine()
    {
        App.Takes(0.5);
        var prompt = TestApp.NewPrompt("cancel");
        var batch = await BatchAsync(prompt, 120);
        await App.EndOfBatchOrAsync(batch, until: now => now.Count("succeeded") > 1);
        var canceled = await CancelAsync(batch, HttpStatusCode.Accepted);
        var posted = Posted(prompt);
        Assert.Equal("canceling", TestApp.StatusOf(canceled));
        BatchSteps.AssertAddsUp(canceled);
        var end = await App.EndOfBatchAsync(batch);
        Assert.Equal(posted, Posted(prompt));
        Assert.Equal(120, end.Count("canceled") + end.Count("succeeded"));
        var lines = (await App.LinesAsync(batch, "results")).Concat(await App.LinesAsync(batch, "errors")).ToArray();
        Assert.Equal(Enumerable.Range(1, 120), lines.Select(line => line["line"]!.GetValue<int>()).Order());
        Assert.All(
            await App.LinesAsync(batch, "errors"),
            line => Assert.Equal("/docs/errors#canceled", line["error"]!["type"]!.GetValue<string>()));
        // The batch has ended: a cancel changes nothing, and a retry finds no failed item.
        await CancelAsync(batch, HttpStatusCode.OK);
        using var retry = await App.SendAsync(HttpMethod.Post, $"api/batches/{TestApp.IdOf(batch)}/retry");
        Assert.Equal(HttpStatusCode.Conflict, retry.StatusCode);
    }

    [Theory]
    [InlineData("keep")]
    [InlineData("discard")]
    public async Task Cancel_TaskUpstream_IsKeptAsLateOrDiscarded(string late)
    {
        App.Holds();
        var prompt = TestApp.NewPrompt(late);
        var batch = await BatchAsync(prompt, 3);
        await App.EndOfBatchOrAsync(batch, until: _ => Posted(prompt) == 1);
        await CancelAsync(batch, HttpStatusCode.Accepted, $"?late={late}");
        // The cancel has reached all jobs of the batch when none of them waits at the gate any more.
        await App.UntilGateAsync(gate => OneSlotApp.Waiting(gate) == 0);
        App.Finish();
        var end = await App.EndOfBatchAsync(batch);
        Assert.Equal(1, Posted(prompt));
        Assert.Equal(late == "keep" ? (1, 2) : (0, 3), (end.Count("succeeded"), end.Count("canceled")));
        var results = await App.LinesAsync(batch, "results");
        Assert.Equal(late == "keep" ? 1 : 0, results.Count);
        Assert.All(results, line => Assert.True(line["late"]!.GetValue<bool>()));
    }

    private int Posted(string prompt) =>
        App.Upstream.Tasks.All.Count(task => task.Body.Prompt.StartsWith(prompt, StringComparison.Ordinal));

    private Task<JsonObject> BatchAsync(string prompt, int items) =>
        App.PostBatchAsync(
            string.Join('\n', Enumerable.Range(1, items).Select(n => $"{{\"prompt\":\"{prompt} {n}\",\"size\":\"64x64\"}}")));

    private async Task<JsonObject> CancelAsync(JsonObject batch, HttpStatusCode expected, string query = "")
    {
        using var answer = await App.SendAsync(HttpMethod.Delete, $"api/batches/{TestApp.IdOf(batch)}{query}");
        return await App.ReadAsync(answer, expected);
    }
}
