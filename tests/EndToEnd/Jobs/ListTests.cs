using System.Net;
using System.Text.Json.Nodes;

namespace Darkroom.EndToEnd;

public sealed class ListTests(TestApp app)
{
    [Fact]
    public async Task List_Pages_AreCompleteWithoutDuplicatesNewestFirst()
    {
        var tag = $"list-{Guid.NewGuid()}";
        var ids = new List<string>();
        for (var i = 0; i < 7; i++)
            ids.Add(
                TestApp.IdOf(
                    await app.PostAsync(
                        new { prompt = TestApp.NewPrompt("listed"), size = "64x64", tags = new[] { tag, $"{tag}-{i % 2}" } })));
        ids.Reverse();

        var found = new List<string>();
        string? token = null;
        var pages = 0;
        do
        {
            var page = await ListAsync($"tag={tag}&top=3{(token is null ? "" : $"&continuationToken={token}")}");
            found.AddRange(page["items"]!.AsArray().Select(item => item!["id"]!.GetValue<string>()));
            token = page["continuationToken"]?.GetValue<string>();
            // A new job at the top must not shift the following pages.
            await app.PostAsync(new { prompt = TestApp.NewPrompt("in between"), size = "64x64", tags = new[] { "other" } });
        }
        while (token is not null && ++pages < 1000);

        Assert.Equal(ids, found);
        Assert.Equal(4, (await ListAsync($"tag={tag}-0"))["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task List_FilterByModel_ReturnsOnlyMatches()
    {
        var model = $"Owner/{Guid.NewGuid()}";
        var job = TestApp.IdOf(await app.PostAsync(new { prompt = TestApp.NewPrompt("by model"), size = "64x64", model }));
        Assert.Equal([job], (await ListAsync($"model={model}"))["items"]!.AsArray().Select(item => item!["id"]!.GetValue<string>()));
        Assert.Empty((await ListAsync($"model={model.ToUpperInvariant()}"))["items"]!.AsArray());
    }

    [Fact]
    public async Task List_FilterByStatusAndTime_ReturnsOnlyMatches()
    {
        var tag = $"narrow-{Guid.NewGuid()}";
        var done = await app.EndOfAsync(
            await app.PostAsync(new { prompt = TestApp.NewPrompt("done"), size = "64x64", tags = new[] { tag } }));
        var prompt = TestApp.NewPrompt("bad");
        app.Upstream.Scenarios.Assign("bad-parameter", prompt);
        var failed = await app.EndOfAsync(await app.PostAsync(new { prompt, size = "64x64", tags = new[] { tag } }));
        Assert.Equal([TestApp.IdOf(done)], Ids(await ListAsync($"tag={tag}&status=succeeded")));
        Assert.Equal([TestApp.IdOf(failed)], Ids(await ListAsync($"tag={tag}&status=failed")));
        Assert.Equal([TestApp.IdOf(failed)], Ids(await ListAsync($"tag={tag}&from={failed["createdAt"]}")));
        Assert.Equal([TestApp.IdOf(done)], Ids(await ListAsync($"tag={tag}&to={done["createdAt"]}")));
        Assert.Empty(Ids(await ListAsync($"tag={tag}&from=2100-01-01T00:00:00Z")));
    }

    [Theory]
    [InlineData("status=sleeping", "status")]
    [InlineData("status=5", "status")]
    [InlineData("top=0", "top")]
    [InlineData("top=501", "top")]
    [InlineData("top=many", "top")]
    [InlineData("from=yesterday", "from")]
    [InlineData("to=tomorrow", "to")]
    [InlineData("continuationToken=abc", "continuationToken")]
    [InlineData("continuationToken=e30", "continuationToken")]
    public async Task List_InvalidQuery_Is400(string query, string field)
    {
        using var answer = await app.Http.GetAsync($"api/images?{query}");
        Assert.Equal(field, (await app.ReadAsync(answer, HttpStatusCode.BadRequest))["errors"]!.AsObject().Single().Key);
    }

    private async Task<JsonObject> ListAsync(string query)
    {
        using var answer = await app.Http.GetAsync($"api/images?{query}");
        return await app.ReadAsync(answer, HttpStatusCode.OK);
    }

    private static IEnumerable<string> Ids(JsonObject page) => page["items"]!.AsArray().Select(item => item!["id"]!.GetValue<string>());
}
