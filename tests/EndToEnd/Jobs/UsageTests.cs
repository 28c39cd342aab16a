using System.Net;
using System.Text.Json.Nodes;

namespace Darkroom.EndToEnd;

/// <summary>What was made and what it cost, as <c>GET /api/usage</c> and the jobs show it.</summary>
public sealed class UsageTests(TestApp app)
{
    [Fact]
    public async Task Usage_ByModel_CountsTasksPicturesFailuresAndReuse()
    {
        var model = $"Owner/usage-{Guid.NewGuid():N}";
        var (reused, failed) = (TestApp.NewPrompt("reused"), TestApp.NewPrompt("failed"));
        app.Upstream.Scenarios.Assign("failed-message", failed, null);
        var first = await app.EndOfAsync(await app.PostAsync(new { prompt = reused, model, size = "64x64", seed = 7 }));
        Assert.Equal((0.5m, 2m), CreditsOf(first));
        await app.EndOfAsync(await app.PostAsync(new { prompt = TestApp.NewPrompt("two"), model, size = "64x64", count = 2 }));
        var lost = await app.EndOfAsync(await app.PostAsync(new { prompt = failed, model, size = "64x64" }));
        Assert.Equal((0m, 2m), CreditsOf(lost));
        var again = await app.PostAsync(
            new { prompt = reused, model, size = "64x64", seed = 7, reuse = "identical" }, expected: HttpStatusCode.OK);
        Assert.Equal((0m, 0m), CreditsOf(again));

        var item = (await GetAsync("?by=model"))["items"]!.AsArray().Single(one => one!["key"]!.GetValue<string>() == model)!.AsObject();
        Assert.Equal((4, 3), (item["tasks"]!.GetValue<int>(), item["pictures"]!.GetValue<int>()));
        Assert.Equal((1, 1), (item["failed"]!.GetValue<int>(), item["reused"]!.GetValue<int>()));
        Assert.Equal((1.5m, 8m), CreditsOf(item));
    }

    [Fact]
    public async Task Usage_ByDay_HasTheTotalOfItsItems()
    {
        await app.EndOfAsync(await app.PostAsync(new { prompt = TestApp.NewPrompt("counted"), size = "64x64" }));
        var usage = await GetAsync("");
        var total = usage["total"]!["tasks"]!.GetValue<int>();
        Assert.True(total > 0);
        Assert.Equal(total, usage["items"]!.AsArray().Sum(item => item!["tasks"]!.GetValue<int>()));
        Assert.All(usage["items"]!.AsArray(), item => Assert.Matches(@"^\d{4}-\d\d-\d\d$", item!["key"]!.GetValue<string>()));
        Assert.Empty((await GetAsync("?from=2020-01-01&to=2020-01-31"))["items"]!.AsArray());
    }

    [Theory]
    [InlineData("?from=yesterday", "from")]
    [InlineData("?to=2026-13-01", "to")]
    [InlineData("?to=0001-01-01", "to")]
    [InlineData("?from=2026-11-21&to=2026-11-20", "from")]
    [InlineData("?from=2020-01-01&to=2026-11-20", "from")]
    [InlineData("?by=prompt", "by")]
    public async Task Usage_InvalidQuery_NamesTheParameter(string query, string field)
    {
        using var answer = await app.Http.GetAsync($"api/usage{query}");
        var problem = await app.ReadAsync(answer, HttpStatusCode.BadRequest);
        Assert.True(problem["errors"]!.AsObject().ContainsKey(field), problem.ToJsonString());
    }

    private static (decimal Min, decimal Max) CreditsOf(JsonObject one) =>
        (one["credits"]!["min"]!.GetValue<decimal>(), one["credits"]!["max"]!.GetValue<decimal>());

    private async Task<JsonObject> GetAsync(string query)
    {
        using var answer = await app.Http.GetAsync($"api/usage{query}");
        return await app.ReadAsync(answer, HttpStatusCode.OK);
    }
}
