using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Darkroom.Cli.Tests.Jobs;

public sealed class ListCommandTests : IDisposable
{
    private const int Jobs = 1203;

    private readonly TempFolder _folder = new();
    private readonly List<string> _queries = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task List_All_ReadsEveryPageAndPrintsOneLinePerJob()
    {
        await using var server = await StartAsync();

        var run = await CommandRun.OfAsync(
            _folder.Path, ["list", "--all", "--status", "failed", "--tag", "a b", "--batch", "b1", "--url", server.Url]);

        Assert.Equal(ExitCode.Ok, run.Code);
        var lines = run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Jobs + 1, lines.Length);
        Assert.All(lines[1..], line => Assert.Contains("a very long prompt", line, StringComparison.Ordinal));
        Assert.Equal(
            [
                "?status=failed&tag=a%20b&batch=b1&top=500",
                "?status=failed&tag=a%20b&batch=b1&top=500&continuationToken=500",
                "?status=failed&tag=a%20b&batch=b1&top=500&continuationToken=1000"]
            ,
            _queries);
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task List_Top_PrintsThatManyAndAHintThatThereAreMore()
    {
        await using var server = await StartAsync();

        var run = await CommandRun.OfAsync(_folder.Path, ["list", "--top", "3", "--url", server.Url]);

        Assert.Equal(4, run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("--all", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_Json_PrintsOnePageWithTheServersFields()
    {
        await using var server = await StartAsync();

        var run = await CommandRun.OfAsync(_folder.Path, ["list", "--top", "700", "--json", "--url", server.Url]);

        var page = JsonNode.Parse(run.Out)!;
        Assert.Equal(700, page["items"]!.AsArray().Count);
        Assert.Equal("kept", (string?)page["items"]![699]!["unknownToThisCommand"]);
        Assert.Equal("700", (string?)page["continuationToken"]);
        Assert.Contains("猫", run.Out, StringComparison.Ordinal);
    }

    private Task<StubServer> StartAsync() =>
        StubServer.StartAsync(app => app.MapGet("/api/images", (HttpRequest request, int top, int? continuationToken) =>
    {
        _queries.Add(request.QueryString.Value!);
        var from = continuationToken ?? 0;
        var items = Enumerable.Range(from, Math.Min(top, Jobs - from)).Select(number => new
        {
            id = $"job-{number}",
            status = "failed",
            createdAt = "2026-11-21T04:00:00Z",
            request = new { prompt = $"a very long prompt\nabout a 猫 [bold] {new string('x', 200)}" },
            unknownToThisCommand = "kept",
        });
        return Results.Json(new { items, continuationToken = from + top < Jobs ? (from + top).ToString() : null });
    }));
}
