using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Darkroom.Cli.Tests.Batches;

public sealed class RetryCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<(string Query, string Key)> _posts = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Retry_NoWait_PrintsTheChildBatchAndSendsOneKey()
    {
        await using var server = await StartAsync();

        var run = await RunAsync(server, "--no-wait", "--include-unknown", "--idempotency-key", "k1");

        Assert.Equal((ExitCode.Ok, "b2"), (run.Code, run.Out.Trim()));
        Assert.Equal([("?include=unknown", "k1")], _posts);
    }

    [Fact]
    public async Task Retry_Follows_PrintsTheResultAndHowToSaveIt()
    {
        await using var server = await StartAsync();

        var run = await RunAsync(server);

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.StartsWith("3 items are made again, as batch b2.", run.Error, StringComparison.Ordinal);
        Assert.Contains("Batch b2: 3 succeeded, 0 failed, 0 canceled.", run.Out, StringComparison.Ordinal);
        Assert.Contains("darkroom batch --resume b2 --out DIR", run.Out, StringComparison.Ordinal);
        Assert.NotEmpty(_posts.Single().Key);
    }

    private Task<CommandRun> RunAsync(StubServer server, params string[] more) =>
        CommandRun.OfAsync(_folder.Path, ["retry", "b1", "--url", server.Url, .. more]);

    private Task<StubServer> StartAsync() => StubServer.StartAsync(app =>
    {
        app.MapPost("/api/batches/b1/retry", (HttpRequest request) =>
        {
            _posts.Add((request.QueryString.Value!, request.Headers["Idempotency-Key"].ToString()));
            return Results.Text("""{"id":"b2","total":3,"skipped":0,"parent":"b1"}""", "application/json", Encoding.UTF8, 202);
        });
        app.MapGet("/api/batches/b2", () => Results.Text(
            """{"id":"b2","status":"finished","counts":{"total":3,"queued":0,"running":0,"succeeded":3,"failed":0,"canceled":0}}""",
            "application/json"));
    });
}
