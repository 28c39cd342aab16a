using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Darkroom.Cli.Tests.Operations;

public sealed class OperationsTests : IDisposable
{
    private const string Gate =
        """
        {"slots":4,"inUse":1,"waiting":{"interactive":3,"bulk":9},"coolDown":null,
         "paused":{"reason":"new token","until":"2026-12-01T08:00:00Z","at":"2026-11-30T09:04:00Z"},
         "budget":{"limit":100,"used":42,"resetsAt":"2026-11-30T16:00:00Z"},
         "utilisation":{"lastMinute":0.25,"lastHour":0.5},"credits":146.5}
        """;

    private const string Usage =
        """
        {"items":[{"key":"2026-11-30","tasks":4,"pictures":3,"failed":1,"reused":2,"credits":{"min":2,"max":8}}],
         "total":{"tasks":4,"pictures":3,"failed":1,"reused":2,"credits":{"min":2,"max":8}}}
        """;

    private const string Batch =
        """{"id":"b1","status":"canceling","counts":{"total":1,"queued":0,"running":1,"succeeded":0,"failed":0,"canceled":0}}""";

    private readonly TempFolder _folder = new();
    private readonly List<string> _requests = [];
    private int _submitting;
    private Func<string, string> _edit = gate => gate;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Gate_Show_PrintsEachFact()
    {
        var run = await RunAsync("gate");

        Assert.Equal(
            [
                "gate      paused (new token), until 2026-12-01 08:00:00Z",
                "slots     1 of 4 in use",
                "waiting   3 interactive, 9 bulk",
                "used      25 % in the last minute, 50 % in the last hour",
                "budget    42 of 100 today; the next day begins at 2026-11-30 16:00:00Z",
                "credits   146.5"],
            run.Out.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("gate|pause", "POST /api/gate/pause {}")]
    [InlineData(
        "gate|pause|--reason|new token|--until|2026-12-01T08:00:00Z",
        """POST /api/gate/pause {"reason":"new token","until":"2026-12-01T08:00:00Z"}""")]
    [InlineData("gate|resume", "POST /api/gate/resume ")]
    [InlineData("priority|j1|bulk", """PATCH /api/images/j1 {"priority":"bulk"}""")]
    [InlineData("usage|--from|2026-11-01|--to|2026-11-30|--by|model", "GET /api/usage?from=2026-11-01&to=2026-11-30&by=model ")]
    [InlineData("cancel|--batch|b1", "DELETE /api/batches/b1 ")]
    public async Task Command_SendsTheRequestOfTheContract(string arguments, string request)
    {
        var run = await RunAsync(arguments.Split('|'));

        Assert.True(run.Code == ExitCode.Ok, run.Error);
        Assert.Equal([request], _requests);
    }

    [Fact]
    public async Task Pause_Wait_EndsWhenNothingIsSubmitted()
    {
        _submitting = 2;

        var run = await RunAsync("gate", "pause", "--wait");

        Assert.True(run.Code == ExitCode.Ok, run.Error);
        Assert.Equal(["POST /api/gate/pause {}", "GET /api/gate ", "GET /api/gate "], _requests);
        Assert.Equal(
            ["submits under way: 2", "submits under way: 1"],
            run.Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("\"paused\":", "\"other\":", "The pause ended, and 1 of")]
    [InlineData("\"submitting\":", "\"other\":", "does not show whether submits are under way")]
    public async Task Pause_WaitIsOfNoUse_Fails(string member, string other, string says)
    {
        _submitting = 1;
        _edit = gate => gate.Replace(member, other, StringComparison.Ordinal);

        var run = await RunAsync("gate", "pause", "--wait");

        Assert.Equal(ExitCode.Failed, run.Code);
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Usage_Prints_OneRowAGroupAndTheTotal()
    {
        var lines = (await RunAsync("usage")).Out.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(3, lines.Length);
        Assert.Matches("^DAY +TASKS +PICTURES +FAILED +REUSED +CREDITS", lines[0]);
        Assert.Matches("^2026-11-30 +4 +3 +1 +2 +2 to 8", lines[1]);
        Assert.Matches("^total +4 +3 +1 +2 +2 to 8", lines[2]);
    }

    private async Task<CommandRun> RunAsync(params string[] arguments)
    {
        await using var server = await StubServer.StartAsync(app => app.MapFallback(async (HttpRequest request) =>
        {
            var body = await new StreamReader(request.Body, Encoding.UTF8).ReadToEndAsync();
            _requests.Add($"{request.Method} {request.Path}{request.QueryString} {body}");
            var answer = request.Path.Value!.Split('/')[2] switch
            {
                "gate" => _edit(Gate.Replace("\"inUse\":1", $"\"inUse\":1,\"submitting\":{_submitting--}", StringComparison.Ordinal)),
                "usage" => Usage,
                "batches" => Batch,
                _ => """{"id":"j1","status":"queued"}""",
            };
            return Results.Text(answer, "application/json");
        }));
        return await CommandRun.OfAsync(_folder.Path, [.. arguments, "--url", server.Url]);
    }
}
