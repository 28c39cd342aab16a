using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Darkroom.Cli.Tests.Mcp;

public sealed class ListAndUsageToolTests
{
    private string _query = "";

    [Fact]
    public async Task ListImages_Filters_ReturnsJobsAndTheTokenOfTheNextPage()
    {
        await using var darkroom = await FakeDarkroom.StartAsync(map: app => app.MapGet("/api/images", (HttpRequest request) =>
            Answer(
                request, $$"""{"items":[{{FakeDarkroom.Succeeded("j2")}},{{FakeDarkroom.Running("j1")}}],"continuationToken":"next"}""")));
        await using var session = await McpSession.StartAsync(darkroom.Url);

        var result = await session.CallAsync(
            "list_images",
            new { status = "failed", tag = "a b", batch = "b1", from = "2026-11-01", to = "2026-11-30", top = 2, continuationToken = "t" });

        Assert.Equal("?status=failed&tag=a%20b&batch=b1&from=2026-11-01&to=2026-11-30&top=2&continuationToken=t", _query);
        var output = result.Structured();
        Assert.Equal(["j2", "j1"], output["jobs"]!.AsArray().Select(job => (string)job!["id"]!));
        Assert.Equal("next", (string)output["continuationToken"]!);
        Assert.Equal($"{darkroom.Url}/api/images/j2/files/0", (string)output["jobs"]![0]!["images"]![0]!["url"]!);
        await session.AssertFitsSchemaAsync("list_images", result);
    }

    [Fact]
    public async Task GetUsage_ByModel_ReturnsTheCountsOfTheServer()
    {
        const string counts = """
            "tasks":3,"pictures":2,"failed":1,"reused":0,"credits":{"min":1.5,"max":3}
            """;
        const string usage = $$"""{"items":[{"key":"Tongyi-MAI/Z-Image-Turbo",{{counts}} }],"total":{ {{counts}} } }""";
        await using var darkroom = await FakeDarkroom.StartAsync(
            map: app => app.MapGet("/api/usage", (HttpRequest request) => Answer(request, usage)));
        await using var session = await McpSession.StartAsync(darkroom.Url);

        var result = await session.CallAsync("get_usage", new { from = "2026-11-01", by = "model" });

        Assert.Equal("?from=2026-11-01&by=model", _query);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(usage), JsonNode.Parse(result.Text())), result.Text());
        await session.AssertFitsSchemaAsync("get_usage", result);
    }

    [Fact]
    public async Task GetUsage_ServerWithoutTheEndpoint_IsAnErrorThatNamesTheVersion()
    {
        await using var darkroom = await FakeDarkroom.StartAsync();
        await using var session = await McpSession.StartAsync(darkroom.Url);

        var result = await session.CallAsync("get_usage", "{}");

        Assert.True(result.IsError);
        Assert.Contains("the server's version", result.Text(), StringComparison.Ordinal);
    }

    private IResult Answer(HttpRequest request, string json)
    {
        _query = request.QueryString.Value!;
        return Results.Text(json, "application/json", Encoding.UTF8);
    }
}
