using System.Net;
using System.Text.Json.Nodes;

namespace Darkroom.Functions.Tests.EndToEnd;

/// <summary>Batches and the gate: with one slot it shows who goes first, and what a cancel stops.</summary>
[Collection(QuietWorkshop.Name)]
public sealed class BatchGateTests(QuietWorkshop workshop)
{
    [Fact]
    public async Task A_person_overtakes_a_batch()
    {
        workshop.Takes(0.4);
        var (bulk, person) = (Workshop.NewPrompt("bulk"), Workshop.NewPrompt("person"));
        var batch = await BatchAsync(bulk, 12);
        await workshop.EndOfBatchOrAsync(batch, until: now => now.Count("succeeded") > 0);
        var before = Posted(bulk);
        await workshop.EndOfAsync(await workshop.PostAsync(new { prompt = person, size = "64x64" }));
        // One was upstream, and one more may have got the slot before the person was there.
        Assert.InRange(workshop.Upstream.Tasks.All.TakeWhile(task => task.Body.Prompt != person).Count(task => task.Body.Prompt.StartsWith(bulk, StringComparison.Ordinal)) - before, 0, 2);
        workshop.IsInstant();
        await workshop.EndOfBatchAsync(batch);
    }

    [Fact]
    public async Task Batches_take_turns()
    {
        workshop.Takes(0.3);
        var prompts = Enumerable.Range(0, 3).Select(n => Workshop.NewPrompt($"turn{n}")).ToArray();
        var batches = await Task.WhenAll(prompts.Select(prompt => BatchAsync(prompt, 8)));
        foreach (var batch in batches)
            await workshop.EndOfBatchAsync(batch);
        var order = workshop.Upstream.Tasks.All.Select(task => Array.FindIndex(prompts, prompt => task.Body.Prompt.StartsWith(prompt, StringComparison.Ordinal))).Where(at => at >= 0).ToArray();
        // Once all three wait, nobody is served twice while another is not.
        var settled = order.SkipWhile((_, at) => order[..at].Distinct().Count() < 3).Take(12).ToArray();
        Assert.All(settled.Chunk(3), round => Assert.Equal([0, 1, 2], round.Order()));
        workshop.IsInstant();
    }

    [Fact]
    public async Task After_a_cancel_nothing_is_submitted_and_every_item_has_its_line()
    {
        workshop.Takes(0.5);
        var prompt = Workshop.NewPrompt("cancel");
        var batch = await BatchAsync(prompt, 120);
        await workshop.EndOfBatchOrAsync(batch, until: now => now.Count("succeeded") > 1);
        var canceled = await CancelAsync(batch, HttpStatusCode.Accepted);
        var posted = Posted(prompt);
        Assert.Equal("canceling", Workshop.StatusOf(canceled));
        BatchSteps.AssertAddsUp(canceled);
        var end = await workshop.EndOfBatchAsync(batch);
        Assert.Equal(posted, Posted(prompt));
        Assert.Equal(120, end.Count("canceled") + end.Count("succeeded"));
        var lines = (await workshop.LinesAsync(batch, "results")).Concat(await workshop.LinesAsync(batch, "errors")).ToArray();
        Assert.Equal(Enumerable.Range(1, 120), lines.Select(line => line["line"]!.GetValue<int>()).Order());
        Assert.All(await workshop.LinesAsync(batch, "errors"), line => Assert.Equal("/docs/errors#canceled", line["error"]!["type"]!.GetValue<string>()));
        // It is over: a cancel changes nothing, and there is nothing to try again.
        await CancelAsync(batch, HttpStatusCode.OK);
        using var retry = await workshop.SendAsync(HttpMethod.Post, $"api/batches/{Workshop.IdOf(batch)}/retry");
        Assert.Equal(HttpStatusCode.Conflict, retry.StatusCode);
        workshop.IsInstant();
    }

    [Theory]
    [InlineData("keep")]
    [InlineData("discard")]
    public async Task What_upstream_still_finishes_is_kept_and_marked_or_discarded(string late)
    {
        workshop.Takes(2.5);
        var prompt = Workshop.NewPrompt(late);
        var batch = await BatchAsync(prompt, 3);
        await workshop.EndOfBatchOrAsync(batch, until: _ => Posted(prompt) == 1);
        await CancelAsync(batch, HttpStatusCode.Accepted, $"?late={late}");
        var end = await workshop.EndOfBatchAsync(batch);
        Assert.Equal(1, Posted(prompt));
        Assert.Equal(late == "keep" ? (1, 2) : (0, 3), (end.Count("succeeded"), end.Count("canceled")));
        var results = await workshop.LinesAsync(batch, "results");
        Assert.Equal(late == "keep" ? 1 : 0, results.Count);
        Assert.All(results, line => Assert.True(line["late"]!.GetValue<bool>()));
        workshop.IsInstant();
    }

    private int Posted(string prompt) => workshop.Upstream.Tasks.All.Count(task => task.Body.Prompt.StartsWith(prompt, StringComparison.Ordinal));

    private Task<JsonObject> BatchAsync(string prompt, int items) =>
        workshop.PostBatchAsync(string.Join('\n', Enumerable.Range(1, items).Select(n => $"{{\"prompt\":\"{prompt} {n}\",\"size\":\"64x64\"}}")));

    private async Task<JsonObject> CancelAsync(JsonObject batch, HttpStatusCode expected, string query = "")
    {
        using var answer = await workshop.SendAsync(HttpMethod.Delete, $"api/batches/{Workshop.IdOf(batch)}{query}");
        return await workshop.ReadAsync(answer, expected);
    }
}
