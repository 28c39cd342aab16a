using System.Security.Cryptography;
using System.Text;
using Darkroom.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Darkroom.Cli.Tests.Generate;

public sealed class GenerateCommandTests : IDisposable
{
    private static readonly byte[] Picture = [0x89, (byte)'P', (byte)'N', (byte)'G', 1, 2, 3];
    private const string Sidecar = """{"prompt":"a cat"}""";
    private static readonly string Hash = Convert.ToHexStringLower(SHA256.HashData(Picture));

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Generate_JobSucceeds_SavesThePictureAndPrintsPathSeedAndTime()
    {
        await using var server = await StartAsync(Looks("generating", Succeeded(Hash)));

        var run = await RunAsync(server);

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Equal(
            ["generated-images/a-cat-20261121-161150.png  8x8, 7 B", "seed 7  4.2 s  job j1"],
            run.Out.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(["queued", "generating", "succeeded"], run.Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(Picture, await File.ReadAllBytesAsync(_folder["generated-images/a-cat-20261121-161150.png"]));
    }

    [Fact]
    public async Task Generate_Json_PrintsTheServersJsonUnchanged()
    {
        await using var server = await StartAsync(Looks(Succeeded(Hash)));

        var run = await RunAsync(server, "--json", "--out", "here");

        Assert.Equal((ExitCode.Ok, Succeeded(Hash)), (run.Code, run.Out.Trim()));
        Assert.Equal(["here/a-cat-20261121-161150.json", "here/a-cat-20261121-161150.png"], _folder.Files);
    }

    [Fact]
    public async Task Generate_WrongHash_KeepsNoFile()
    {
        await using var server = await StartAsync(Looks(Succeeded(new string('0', 64))));

        var run = await RunAsync(server);

        Assert.Equal(ExitCode.Failed, run.Code);
        Assert.Contains("SHA-256", run.Error, StringComparison.Ordinal);
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public async Task Generate_JobFails_PrintsTheReasonAndExitsWithFailed()
    {
        await using var server = await StartAsync(
            Looks(
                """{"id":"j1","status":"failed","error":{"type":"/docs/errors#content-rejected","title":"The content was rejected","detail":"Nothing to see.","upstreamMessage":"敏感","retryable":false}}"""));

        var run = await RunAsync(server);

        Assert.Equal(ExitCode.Failed, run.Code);
        Assert.Contains("Nothing to see.", run.Error, StringComparison.Ordinal);
        Assert.Contains("敏感", run.Error, StringComparison.Ordinal);
        Assert.Contains("content-rejected; a retry does not help.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generate_JobPartiallySucceeds_SavesThePicturesAndExitsWithFailed()
    {
        await using var server = await StartAsync(
            Looks(Succeeded(Hash).Replace("succeeded", "partiallySucceeded", StringComparison.Ordinal)));

        var run = await RunAsync(server);

        Assert.Equal(ExitCode.Failed, run.Code);
        Assert.Equal(["generated-images/a-cat-20261121-161150.json", "generated-images/a-cat-20261121-161150.png"], _folder.Files);
    }

    [Fact]
    public async Task Generate_InterruptedWhileWaiting_PrintsThatTheJobContinues()
    {
        using var interruption = new CancellationTokenSource();
        await using var server = await StubServer.StartAsync(app =>
        {
            app.MapPost("/api/images", () => Job("""{"id":"j1","status":"queued"}"""));
            app.MapGet("/api/images/j1", async (HttpContext context) =>
            {
                await interruption.CancelAsync();
                await context.UntilAbortedAsync();
            });
        });

        var run = await CommandRun.OfAsync(_folder.Path, ["generate", "a cat", "--url", server.Url], interrupted: interruption.Token);

        Assert.Equal(ExitCode.Interrupted, run.Code);
        Assert.Contains("The job j1 continues. To see its state: darkroom status j1", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generate_InterruptedBeforeTheAnswer_PrintsTheKey()
    {
        using var interruption = new CancellationTokenSource();
        await using var server = await StubServer.StartAsync(app => app.MapPost("/api/images", async (HttpContext context) =>
        {
            await interruption.CancelAsync();
            await context.UntilAbortedAsync();
        }));

        var run = await CommandRun.OfAsync(
            _folder.Path, ["generate", "a cat", "--idempotency-key", "k1", "--url", server.Url], interrupted: interruption.Token);

        Assert.Equal(ExitCode.Interrupted, run.Code);
        Assert.Contains("--idempotency-key k1", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generate_ServerLostWhileWaiting_PrintsHowToFindTheJob()
    {
        await using var server = await StubServer.StartAsync(app =>
        {
            app.MapPost("/api/images", () => Job("""{"id":"j1","status":"queued"}"""));
            app.MapGet("/api/images/j1", (HttpContext context) => context.Abort());
        });

        var run = await RunAsync(server);

        Assert.Equal(ExitCode.Unreachable, run.Code);
        Assert.Contains("darkroom status j1", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500, "oh")]
    [InlineData(202, "no JSON")]
    public async Task Generate_ErrorAfterTheRequestWasSent_PrintsTheKey(int status, string body)
    {
        var key = "";
        await using var server = await StubServer.StartAsync(app => app.MapPost("/api/images", (HttpRequest request) =>
        {
            key = request.Headers["Idempotency-Key"].ToString();
            return Results.Text(body, "text/plain", Encoding.UTF8, status);
        }));

        var run = await RunAsync(server);

        Assert.Equal(ExitCode.Failed, run.Code);
        Assert.Contains($"--idempotency-key {key} to find its job", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generate_JobIdIsAPath_SavesInTheFolder()
    {
        var looks = Looks(Succeeded(Hash).Replace("\"id\":\"j1\"", "\"id\":\"../../evil\"", StringComparison.Ordinal));
        await using var server = await StubServer.StartAsync(app =>
        {
            app.MapPost("/api/images", () => Job("""{"id":"j1","status":"queued"}"""));
            app.MapGet("/api/images/j1", () => Job(looks.Dequeue()));
            app.MapGet("/{**picture}", () => Results.Bytes(Picture, "image/png"));
        });

        var run = await RunAsync(server);

        Assert.Equal((ExitCode.Ok, ""), (run.Code, string.Concat(run.Error.Where(char.IsControl).Where(one => one is not ('\n' or '\r')))));
        Assert.Equal(["generated-images/evil-20261121-161150.json", "generated-images/evil-20261121-161150.png"], _folder.Files);
    }

    [Fact]
    public async Task Generate_ControlCharactersInTheAnswer_AreNotPrinted()
    {
        await using var server = await StartAsync(
            Looks(
                """{"id":"j1","status":"failed","error":{"type":"/docs/errors#internal","title":"No","detail":"a\u001b[31mb\u009bc\u202ed\re","retryable":false}}"""));

        var run = await RunAsync(server);

        Assert.Contains("a[31mbcde", run.Error, StringComparison.Ordinal);
    }

    private Task<CommandRun> RunAsync(StubServer server, params string[] more) =>
        CommandRun.OfAsync(_folder.Path, ["generate", "a cat", "--url", server.Url, .. more]);

    private static string Succeeded(string hash) =>
        $$$"""{"id":"j1","status":"succeeded","createdAt":"2026-11-21T16:11:50Z","upstream":[{"taskId":"t1","seed":7}],"images":[{"index":0,"contentType":"image/png","width":8,"height":8,"bytes":7,"sha256":"{{{hash}}}","warnings":[]}],"timings":{"totalMs":4200},"somethingNew":{}}""";

    private static Queue<string> Looks(params string[] jobs) =>
        new(jobs.Select(job => job[0] == '{' ? job : $$"""{"id":"j1","status":"{{job}}"}"""));

    private static Task<StubServer> StartAsync(Queue<string> looks) => StubServer.StartAsync(app =>
    {
        app.MapPost("/api/images", () => Job("""{"id":"j1","status":"queued"}"""));
        app.MapGet(
            "/api/images/j1", (string until) => Job(until == "change" ? looks.Dequeue() : throw new InvalidOperationException(until)));
        app.MapGet("/api/images/j1/sidecar", () => Job(Sidecar));
        app.MapGet("/api/images/j1/files/0", (HttpResponse response) =>
        {
            response.Headers.ContentDisposition = "inline; filename=\"a-cat-0.png\"";
            return Results.Bytes(Picture, "image/png");
        });
    });

    private static IResult Job(string json) =>
        Results.Text(
            json,
            "application/json",
            Encoding.UTF8,
            json.Contains("ucceeded", StringComparison.Ordinal) || json.Contains("failed", StringComparison.Ordinal) ? 200 : 202);
}
