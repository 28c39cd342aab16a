using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Darkroom.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Darkroom.Cli.Tests.Batches;

public sealed class BatchCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ConcurrentQueue<(string? Type, string Query, string Key, string Body)> _posts = new();
    private int _looks;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("prompts.txt", "text/plain; charset=utf-8")]
    [InlineData("prompts.csv", "text/csv; charset=utf-8")]
    [InlineData("prompts.ndjson", "application/x-ndjson")]
    [InlineData("prompts.JSONL", "application/x-ndjson")]
    [InlineData("prompts.json", "application/json")]
    public async Task Batch_KnownExtension_SetsTheContentType(string name, string type)
    {
        await File.WriteAllTextAsync(_folder[name], "一只猫\na dog\n");
        await using var server = await StartAsync();

        var run = await RunAsync(server, name, "--no-wait", "--on-invalid", "skip");

        Assert.Equal((ExitCode.Ok, "b1"), (run.Code, run.Out.Trim()));
        var post = Assert.Single(_posts);
        Assert.Equal((type, "?onInvalid=skip", "一只猫\na dog\n"), (post.Type, post.Query, post.Body));
        Assert.Contains("Lines that are not valid and were skipped: 1.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Batch_WithoutKey_DerivesItFromNameAndContent()
    {
        await using var server = await StartAsync();
        foreach (var (name, content) in new[] { ("a.txt", "cat"), ("a.txt", "cat"), ("b.txt", "cat"), ("a.txt", "dog") })
        {
            await File.WriteAllTextAsync(_folder[name], content);
            await RunAsync(server, name, "--no-wait");
        }

        await RunAsync(server, "a.txt", "--no-wait", "--idempotency-key", "mine");

        var keys = _posts.Select(post => post.Key).ToArray();
        Assert.Equal(keys[0], keys[1]);
        Assert.Equal(4, keys.Distinct().Count());
        Assert.Equal("mine", keys[4]);
        Assert.All(keys, key => Assert.InRange(key.Length, 1, 255));
    }

    [Fact]
    public async Task Batch_WithOut_FollowsItAndSavesEverythingOnce()
    {
        await File.WriteAllTextAsync(_folder["pets.txt"], "cat\ndog\ncow\n");
        await using var server = await StartAsync();

        var run = await RunAsync(server, "pets.txt", "--out", "pets");

        // One item failed, so the exit code must not be 0.
        Assert.Equal(ExitCode.Failed, run.Code);
        Assert.StartsWith("Batch b1: 2 succeeded, 1 failed, 0 canceled.", run.Out, StringComparison.Ordinal);
        Assert.Equal(
            ["0 of 3 finished, 1 running, 60 s left", "3 of 3 finished, 1 failed, 20 a minute"],
            run.Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries)[1..]);
        Assert.Equal(
            [
                "pets.txt", "pets/a-pet-20261121-161150-00001.json", "pets/a-pet-20261121-161150-00001.png",
                "pets/a-pet-20261121-161150-00003.json", "pets/a-pet-20261121-161150-00003.png", "pets/pets-b1.errors.jsonl",
                "pets/pets-b1.results.jsonl"],
            _folder.Files);
        Assert.Equal("picture of j3", await File.ReadAllTextAsync(_folder["pets/a-pet-20261121-161150-00003.png"]));

        var again = await RunAsync(server, "pets.txt", "--out", "pets");

        Assert.Equal(ExitCode.Failed, again.Code);
        Assert.Equal(7, _folder.Files.Length);
    }

    [Fact]
    public async Task Batch_DryRun_PrintsInvalidLinesAndCostAndSubmitsNothing()
    {
        await File.WriteAllTextAsync(_folder["pets.txt"], "cat\n");
        await using var server = await StartAsync();

        var run = await RunAsync(server, "pets.txt", "--dry-run");

        Assert.Equal(ExitCode.Failed, run.Code);
        Assert.Equal(
            ["line 7: seed: Must be a whole number.", "41 valid, 1 invalid, 20.5 to 82 credits, about 4 min. Nothing was submitted."],
            run.Out.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(("?validate=only", ""), (_posts.Single().Query, _posts.Single().Key));
    }

    [Fact]
    public async Task Batch_InvalidLines_PrintsOneErrorPerLine()
    {
        await File.WriteAllTextAsync(_folder["pets.csv"], "prompt\n");
        await using var server = await StubServer.StartAsync(app => app.MapPost("/api/batches", () =>
            Results.Text(
                """{"title":"Not valid","errors":{"line 7":["seed: Must be a whole number."],"line 9":["prompt: Is required."]}}""",
                "application/problem+json",
                Encoding.UTF8,
                400)));

        var run = await RunAsync(server, "pets.csv");

        Assert.Equal(ExitCode.Failed, run.Code);
        Assert.Equal(
            ["line 7: seed: Must be a whole number.", "line 9: prompt: Is required."],
            run.Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Batch_InterruptedWhileFollowing_PrintsThatItContinues()
    {
        await File.WriteAllTextAsync(_folder["pets.txt"], "cat\n");
        using var interruption = new CancellationTokenSource();
        await using var server = await StubServer.StartAsync(app =>
        {
            app.MapPost(
                "/api/batches", () => Results.Text("""{"id":"b1","total":1,"skipped":0}""", "application/json", Encoding.UTF8, 202));
            app.MapGet("/api/batches/b1", async (HttpContext context) =>
            {
                await interruption.CancelAsync();
                await context.UntilAbortedAsync();
            });
        });

        var run = await CommandRun.OfAsync(_folder.Path, ["batch", "pets.txt", "--url", server.Url], interrupted: interruption.Token);

        Assert.Equal(ExitCode.Interrupted, run.Code);
        Assert.Contains("The batch b1 continues", run.Error, StringComparison.Ordinal);
    }

    private Task<CommandRun> RunAsync(StubServer server, params string[] arguments) =>
        CommandRun.OfAsync(_folder.Path, ["batch", .. arguments, "--url", server.Url]);

    private Task<StubServer> StartAsync() => StubServer.StartAsync(app =>
    {
        app.MapPost("/api/batches", async (HttpRequest request) =>
        {
            var body = await new StreamReader(request.Body, Encoding.UTF8).ReadToEndAsync();
            _posts.Enqueue((request.ContentType, request.QueryString.Value!, request.Headers["Idempotency-Key"].ToString(), body));
            return request.Query.ContainsKey("validate")
                ? Json(
                    """{"total":41,"invalid":[{"line":7,"field":"seed","message":"Must be a whole number."}],"credits":{"min":20.5,"max":82},"etaSeconds":240}""",
                    200)
                : Json("""{"id":"b1","total":3,"skipped":1}""", 202);
        });
        app.MapGet("/api/batches/b1", () => ++_looks == 1
            ? Json(
                """{"id":"b1","status":"running","counts":{"total":3,"queued":2,"running":1,"succeeded":0,"failed":0,"canceled":0},"unknown":0,"ratePerMinute":0,"etaSeconds":60,"links":{}}""",
                202)
            : Json(
                """{"id":"b1","status":"finished","createdAt":"2026-11-21T16:11:50Z","counts":{"total":3,"queued":0,"running":0,"succeeded":2,"failed":1,"canceled":0},"unknown":0,"ratePerMinute":20,"links":{}}""",
                200));
        app.MapGet("/api/batches/b1/results", () => Results.Text(string.Join('\n', Line(1), Line(3), ""), "application/x-ndjson"));
        app.MapGet(
            "/api/batches/b1/errors",
            () => Results.Text("""{"index":0,"line":2,"jobId":"j2","error":{"title":"No"}}""" + "\n", "application/x-ndjson"));
        app.MapGet("/api/images/{id}/sidecar", () => Json("{}", 200));
        app.MapGet("/api/images/{id}/files/0", (string id, HttpResponse response) =>
        {
            response.Headers.ContentDisposition = "inline; filename=\"a-pet-0.png\"";
            return Results.Bytes(Encoding.UTF8.GetBytes($"picture of {id}"), "image/png");
        });
    });

    private static IResult Json(string json, int status) => Results.Text(json, "application/json", Encoding.UTF8, status);

    private static string Line(int line) =>
        $$"""{"customId":"c{{line}}","index":0,"line":{{line}},"jobId":"j{{line}}","images":[{"index":0,"url":"/api/images/j{{line}}/files/0","contentType":"image/png","width":8,"height":8,"bytes":13,"sha256":"{{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"picture of j{line}")))}}"}]}""";
}
