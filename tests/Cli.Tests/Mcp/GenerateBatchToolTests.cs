using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Darkroom.Cli.Tests.Mcp;

public sealed class GenerateBatchToolTests : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Query, string Key, string Body)> _posts = new();
    private readonly Queue<string> _states = new();
    private StubServer? _server;

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task GenerateBatch_BatchFinishes_ReturnsTheCounts()
    {
        await using var session = await StartAsync(State("running", succeeded: 1), State("finished", succeeded: 2));

        var result = await session.CallAsync(
            "generate_batch",
            """
            {"items":[{"prompt":"a cat","customId":"c1"},{"prompt":"a dog"}],"defaults":{"size":"64x64"},"onInvalid":"skip",
             "idempotency_key":"b-1"}
            """);

        Assert.Equal(
            ("?onInvalid=skip", "b-1", """{"defaults":{"size":"64x64"},"items":[{"prompt":"a cat","customId":"c1"},{"prompt":"a dog"}]}"""),
            Assert.Single(_posts));
        var output = result.Structured();
        Assert.Equal((true, 2, "b1"), ((bool)output["isFinished"]!, (int)output["counts"]!["succeeded"]!, (string)output["id"]!));
        Assert.Contains("list_images with batch \"b1\"", (string)output["message"]!, StringComparison.Ordinal);
        await session.AssertFitsSchemaAsync("generate_batch", result);
    }

    [Fact]
    public async Task GenerateBatch_BatchOutlivesTheCall_SaysHowToWaitOn()
    {
        await using var session = await StartAsync([.. Enumerable.Repeat(State("running", succeeded: 1), 100)]);

        var result = await session.CallAsync("generate_batch", """{"matrix":{"prompt":["a","b"],"seed":[1,2]},"idempotency_key":"b-1"}""");

        Assert.Equal("""{"matrix":{"prompt":["a","b"],"seed":[1,2]}}""", Assert.Single(_posts).Body);
        var output = result.Structured();
        Assert.False((bool)output["isFinished"]!);
        Assert.Contains("idempotency_key \"b-1\"", (string)output["message"]!, StringComparison.Ordinal);
        Assert.InRange(_states.Count, 100 - 24, 100 - 20);
    }

    [Fact]
    public async Task GenerateBatch_ValidateOnly_ReturnsTheCostAndSendsNoKey()
    {
        await using var session = await StartAsync();

        var result = await session.CallAsync("generate_batch", """{"items":[{"prompt":""}],"validate_only":true}""");

        Assert.Equal(("?validate=only", ""), (Assert.Single(_posts).Query, _posts.Single().Key));
        var output = result.Structured();
        Assert.Equal((0, "prompt", 4), ((int)output["valid"]!, (string)output["invalid"]![0]!["field"]!, (int)output["credits"]!["max"]!));
        Assert.Null(output["id"]);
    }

    [Theory]
    [InlineData("{}", "items: Give either items or matrix.")]
    [InlineData("""{"items":[{"prompt":"a"}],"matrix":{"prompt":["a"]}}""", "items: Give either items or matrix.")]
    [InlineData("""{"items":["a cat"]}""", "items[0]: Must be an object, but is a string.")]
    [InlineData("""{"items":[{"prompt":"a","seed":"x"}]}""", "items[0].seed: Must be a whole number, but is a string.")]
    [InlineData("""{"items":[{"seed":1}]}""", "items[0].prompt: Is required.")]
    [InlineData("""{"matrix":{"prompt":"a"}}""", "matrix.prompt: Must be an array, but is a string.")]
    [InlineData("""{"defaults":[],"items":[]}""", "defaults: Must be an object, but is an array.")]
    public async Task GenerateBatch_WrongArguments_NamesTheArgumentAndSubmitsNothing(string arguments, string told)
    {
        await using var session = await StartAsync();

        var result = await session.CallAsync("generate_batch", arguments);

        Assert.True(result.IsError);
        Assert.StartsWith(told, result.Text(), StringComparison.Ordinal);
        Assert.Empty(_posts);
    }

    private async Task<McpSession> StartAsync(params string[] states)
    {
        foreach (var state in states)
            _states.Enqueue(state);
        _server = await StubServer.StartAsync(app =>
        {
            app.MapPost("/api/batches", async (HttpRequest request) =>
            {
                var body = await JsonNode.ParseAsync(request.Body);
                _posts.Enqueue((request.QueryString.Value!, request.Headers["Idempotency-Key"].ToString(), body!.ToJsonString()));
                return request.Query.ContainsKey("validate")
                    ? Json(
                        """
                        {"total":0,"invalid":[{"line":1,"field":"prompt","message":"Is required."}],
                         "credits":{"min":1,"max":4},"etaSeconds":7}
                        """)
                    : Json("""{"id":"b1","total":2,"skipped":0}""");
            });
            app.MapGet("/api/batches/b1", () => Json(_states.Dequeue()));
        });
        return await McpSession.StartAsync(_server.Url, new PauseSkippingTime());
    }

    private static string State(string status, int succeeded) =>
        $$$"""
        {"id":"b1","status":"{{{status}}}","unknown":0,"ratePerMinute":null,"etaSeconds":null,
         "counts":{"total":2,"queued":{{{2 - succeeded}}},"running":0,"succeeded":{{{succeeded}}},"failed":0,"canceled":0}}
        """;

    private static IResult Json(string json) =>
        Results.Text(json, "application/json", Encoding.UTF8, json.Contains("running\",", StringComparison.Ordinal) ? 202 : 200);
}
