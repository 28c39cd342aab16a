using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Darkroom.Cli.Tests.Jobs;

public sealed class ResubmitCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private int _posts;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Resubmit_NoWait_PrintsTheAttempt()
    {
        await using var server = await StartAsync(
            _ => Results.Text("""{"id":"j1","status":"queued","attempt":2}""", "application/json", Encoding.UTF8, 202));

        var run = await RunAsync(server, "--no-wait");

        Assert.Equal((ExitCode.Ok, "The job j1 runs again, attempt 2."), (run.Code, run.Out.Trim()));
    }

    [Fact]
    public async Task Resubmit_Refused_PrintsTheReason()
    {
        await using var server = await StartAsync(_ => Results.Problem("The job has succeeded.", statusCode: 409, title: "Conflict"));

        var run = await RunAsync(server);

        Assert.Equal((ExitCode.Failed, "The job has succeeded."), (run.Code, run.Error.Trim()));
    }

    [Fact]
    public async Task Resubmit_ConnectionBreaks_IsNotRepeatedBecauseItCouldBePaidTwice()
    {
        await using var server = await StartAsync(context =>
        {
            context.Abort();
            return Results.Empty;
        });

        var run = await RunAsync(server);

        Assert.Equal(ExitCode.Unreachable, run.Code);
        Assert.Equal(1, _posts);
        Assert.Contains("The request may have arrived.", run.Error, StringComparison.Ordinal);
        Assert.Contains("darkroom status j1", run.Error, StringComparison.Ordinal);
    }

    private Task<CommandRun> RunAsync(StubServer server, params string[] more) =>
        CommandRun.OfAsync(_folder.Path, ["resubmit", "j1", "--url", server.Url, .. more]);

    private Task<StubServer> StartAsync(Func<HttpContext, IResult> answer) =>
        StubServer.StartAsync(app => app.MapPost("/api/images/j1/resubmit", (HttpContext context) =>
        {
            _posts++;
            return answer(context);
        }));
}
