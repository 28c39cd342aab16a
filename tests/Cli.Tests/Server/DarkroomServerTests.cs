using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Darkroom.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Darkroom.Cli.Tests.Server;

public sealed class DarkroomServerTests : IDisposable
{
    private const string Queued = """{"id":"j1","status":"queued"}""";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("generate|a cat")]
    [InlineData("status|j1")]
    [InlineData("list")]
    [InlineData("cancel|j1")]
    [InlineData("download|j1")]
    public async Task Call_NothingListens_PrintsHowToStartDarkroom(string arguments)
    {
        var run = await CommandRun.OfAsync(_folder.Path, [.. arguments.Split('|'), "--url", "http://127.0.0.1:1"]);

        Assert.Equal(ExitCode.Unreachable, run.Code);
        Assert.Contains("./darkroom up", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Out);
    }

    [Fact]
    public async Task Post_ConnectionBreaks_IsSentAgainWithTheSameKey()
    {
        var keys = new ConcurrentQueue<string>();
        await using var server = new RawServer(async (connection, request, stop) =>
        {
            keys.Enqueue(request.Split("\r\n").Single(line => line.StartsWith("Idempotency-Key: ", StringComparison.OrdinalIgnoreCase)));
            // The first connection closes without an answer, the second in the middle of one.
            if (keys.Count == 2)
                await connection.WriteAsync("HTTP/1.1 202 Accepted\r\nContent-Length: 100\r\n\r\n{\"id\""u8.ToArray(), stop);
            if (keys.Count == 3)
                await connection.WriteAsync(
                    Encoding.ASCII.GetBytes(
                        $"HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\nContent-Length: {Queued.Length}\r\n\r\n{Queued}"),
                    stop);
        });

        var run = await CommandRun.OfAsync(_folder.Path, ["generate", "a cat", "--no-wait", "--url", server.Url]);

        Assert.Equal((ExitCode.Ok, "j1"), (run.Code, run.Out.Trim()));
        Assert.Equal(3, keys.Count);
        Assert.Single(keys.Distinct());
    }

    [Fact]
    public async Task Post_WithoutGivenKey_HasANewKeyEachTime()
    {
        var keys = new ConcurrentQueue<string>();
        await using var server = await StubServer.StartAsync(app => app.MapPost("/api/images", (HttpRequest request) =>
        {
            keys.Enqueue(request.Headers["Idempotency-Key"].ToString());
            return Results.Text(Queued, "application/json", Encoding.UTF8, 202);
        }));
        string[] generate = ["generate", "a cat", "--no-wait", "--url", server.Url];

        await CommandRun.OfAsync(_folder.Path, generate);
        await CommandRun.OfAsync(_folder.Path, generate);
        await CommandRun.OfAsync(_folder.Path, [.. generate, "--idempotency-key", "mine"]);

        Assert.Equal(3, keys.Distinct().Count());
        Assert.True(keys.Take(2).All(key => Guid.TryParse(key, out _)));
        Assert.Equal("mine", keys.Last());
    }

    [Fact]
    public async Task Get_ConnectionAlwaysBreaks_StopsRetrying()
    {
        await using var server = new RawServer("");

        var run = await CommandRun.OfAsync(_folder.Path, ["status", "j1", "--url", server.Url]);

        Assert.Equal(ExitCode.Unreachable, run.Code);
        // This client makes nine tries; HttpClient may add its own retries.
        Assert.True(server.Requests >= 9, $"{server.Requests}");
    }

    [Fact]
    public async Task Get_BadGateway_IsRetried()
    {
        var calls = 0;
        await using var server = await StubServer.StartAsync(app => app.MapGet("/api/images/j1", () => ++calls < 3
            ? Results.Text("<html>Bad Gateway</html>", "text/html", Encoding.UTF8, 502)
            : Results.Text(Queued, "application/json", Encoding.UTF8, 202)));

        var run = await CommandRun.OfAsync(_folder.Path, ["status", "j1", "--url", server.Url]);

        Assert.Equal((ExitCode.Ok, 3), (run.Code, calls));
    }

    [Fact]
    public async Task Connect_AddressAndKey_ComeFromOptionsOrEnvironment()
    {
        var keys = new ConcurrentQueue<string>();
        await using var server = await StubServer.StartAsync(app => app.MapGet("/base/api/images/j1", (HttpRequest request) =>
        {
            keys.Enqueue(request.Headers["x-functions-key"].ToString());
            return Results.Text(Queued, "application/json", Encoding.UTF8, 202);
        }));
        var variables = new Dictionary<string, string> { ["DARKROOM_URL"] = $"{server.Url}/base", ["DARKROOM_KEY"] = "from-environment" };

        var first = await CommandRun.OfAsync(_folder.Path, ["status", "j1"], variables);
        var second = await CommandRun.OfAsync(_folder.Path, ["status", "j1", "--key", "from-command-line"], variables);

        Assert.Equal((ExitCode.Ok, ExitCode.Ok), (first.Code, second.Code));
        Assert.Equal(["from-environment", "from-command-line"], keys);
    }

    [Fact]
    public async Task Post_RetryableRefusal_IsSentAgainWithTheSameKey()
    {
        var keys = new ConcurrentQueue<string>();
        await using var server = await StubServer.StartAsync(app => app.MapPost("/api/images", (HttpRequest request) =>
        {
            keys.Enqueue(request.Headers["Idempotency-Key"].ToString());
            return keys.Count < 3
                ? Results.Text(
                    """{"title":"Too many wait","detail":"Too many jobs wait.","retryable":true,"retryAfterSeconds":5}""",
                    "application/problem+json",
                    Encoding.UTF8,
                    429)
                : Results.Text(Queued, "application/json", Encoding.UTF8, 202);
        }));

        var run = await CommandRun.OfAsync(_folder.Path, ["generate", "a cat", "--no-wait", "--url", server.Url]);

        Assert.Equal((ExitCode.Ok, "j1"), (run.Code, run.Out.Trim()));
        Assert.Equal(3, keys.Count);
        Assert.Single(keys.Distinct());
        Assert.Contains("Too many jobs wait. Retrying in 5 s.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_KeyOverHttpToAnotherMachine_IsAUsageError()
    {
        var run = await CommandRun.OfAsync(_folder.Path, ["status", "j1", "--key", "secret", "--url", "http://darkroom.example"]);

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("Use https", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_ProxyInTheEnvironment_IsNotUsedForLoopback()
    {
        await using var server = await StubServer.StartAsync(
            app => app.MapGet("/api/images/j1", () => Results.Text(Queued, "application/json", Encoding.UTF8, 202)));
        // This proxy address refuses connections.
        var start = new ProcessStartInfo(
            "dotnet",
            [typeof(DarkroomCommand).Assembly.Location, "status", "j1", "--url", server.Url])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false
        };
        start.Environment["http_proxy"] = "http://127.0.0.1:1";

        using var command = Process.Start(start)!;
        var output = await command.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await command.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(ExitCode.Ok, command.ExitCode);
        Assert.Contains("j1", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Redirect_IsNotFollowed()
    {
        var visitors = 0;
        await using var elsewhere = await StubServer.StartAsync(app => app.MapGet("/{**path}", () => Results.Ok(++visitors)));
        await using var server = await StubServer.StartAsync(app => app.MapGet("/api/images/j1", () => Results.Redirect(elsewhere.Url)));

        var run = await CommandRun.OfAsync(_folder.Path, ["status", "j1", "--key", "secret", "--url", server.Url]);

        Assert.Equal((ExitCode.Failed, 0), (run.Code, visitors));
    }

    [Theory]
    [InlineData(401, "", "--key")]
    [InlineData(404, "", "does not have this endpoint")]
    [InlineData(500, "oh", "500")]
    [InlineData(200, "hello", "--url")]
    [InlineData(200, "[]", "--url")]
    [InlineData(200, """{"status":"queued"}""", "--url")]
    public async Task Get_AnswerWithoutProblemDetails_PrintsAHint(int status, string body, string told)
    {
        await using var server = await StubServer.StartAsync(
            app => app.MapGet("/api/images/j1", () => Results.Text(body, "text/plain", Encoding.UTF8, status)));

        var run = await CommandRun.OfAsync(_folder.Path, ["status", "j1", "--url", server.Url]);

        Assert.Equal(ExitCode.Failed, run.Code);
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_RefusalWithJson_PrintsTextToErrorAndTheBodyToOutput()
    {
        const string problem = """{"title":"The request is not valid","errors":{"size":["Must be width and height."]}}""";
        await using var server = await StubServer.StartAsync(
            app => app.MapPost("/api/images", () => Results.Text(problem, "application/problem+json", Encoding.UTF8, 400)));

        var run = await CommandRun.OfAsync(_folder.Path, ["generate", "a cat", "--json", "--url", server.Url]);

        Assert.Equal((ExitCode.Failed, problem, "size: Must be width and height."), (run.Code, run.Out.Trim(), run.Error.Trim()));
    }
}
