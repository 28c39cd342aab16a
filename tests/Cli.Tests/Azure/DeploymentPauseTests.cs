using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Darkroom.Cli.Tests.Azure;

/// <summary><c>darkroom azure pause</c> and <c>resume</c>, which azd runs around each change of the app.</summary>
public sealed class DeploymentPauseTests : IDisposable
{
    private readonly FakeAzure _azure = new();
    private readonly AzureRun _run;
    private readonly List<string> _requests = [];
    private JsonNode? _paused;
    private int _submitting;
    private bool _isDeployed = true;

    public DeploymentPauseTests()
    {
        _run = new AzureRun(_azure);
        _run.Variables["DARKROOM_PAUSE_FOR_DEPLOYMENT"] = "true";
    }

    private DateTimeOffset Until => DateTimeOffset.Parse((string)_paused!["until"]!, CultureInfo.InvariantCulture);

    public void Dispose() => _azure.Dispose();

    [Fact]
    public async Task Pause_SubmitUnderWay_WaitsUntilItIsOver()
    {
        _submitting = 3;

        var run = await RunAsync("pause");

        Assert.True(run.Code == ExitCode.Ok, run.Error);
        Assert.Equal(0, _submitting);
        Assert.Equal("deployment", (string?)_paused!["reason"]);
        Assert.Contains("submits under way: 2", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pause_HasALimit()
    {
        await RunAsync("pause");

        Assert.InRange(Until - DateTimeOffset.UtcNow, TimeSpan.FromMinutes(25), TimeSpan.FromMinutes(31));
    }

    [Fact]
    public async Task PauseAndResume_OfTheOperator_StaysAsItIs()
    {
        _paused = JsonNode.Parse("""{"reason":"new token","until":null,"at":"2026-11-30T09:04:00Z"}""");

        Assert.Equal(ExitCode.Ok, (await RunAsync("pause")).Code);
        Assert.Equal(ExitCode.Ok, (await RunAsync("resume")).Code);

        Assert.Equal("new token", (string?)_paused!["reason"]);
        Assert.DoesNotContain(_requests, request => request.StartsWith("POST", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pause_OfTheOperatorEndsTooEarly_IsLongerWithTheSameReason()
    {
        var soon = DateTimeOffset.UtcNow.AddMinutes(1);
        _paused = JsonNode.Parse($$"""{"reason":"new token","until":"{{soon:O}}","at":"2026-11-30T09:04:00Z"}""");

        await RunAsync("pause");
        await RunAsync("resume");

        Assert.Equal("new token", (string?)_paused!["reason"]);
        Assert.True(Until > soon.AddMinutes(20));
    }

    [Fact]
    public async Task Resume_AfterItsOwnPause_EndsIt()
    {
        await RunAsync("pause");
        await RunAsync("resume");

        Assert.Null(_paused);
    }

    [Fact]
    public async Task Pause_BeforeTheFirstDeployment_DoesNothing()
    {
        _isDeployed = false;

        var run = await RunAsync("pause");

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Contains("nothing to pause", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pause")]
    [InlineData("resume")]
    public async Task Step_NotAsked_CallsNothing(string step)
    {
        _run.Variables.Remove("DARKROOM_PAUSE_FOR_DEPLOYMENT");

        Assert.Equal(ExitCode.Ok, (await RunAsync(step)).Code);
        Assert.Empty(_requests);
        Assert.Empty(_azure.Calls);
    }

    [Fact]
    public async Task Pause_AppWithSignIn_SendsATokenToo()
    {
        _run.Variables["DARKROOM_SIGN_IN_CLIENT_ID"] = "11111111-0000-0000-0000-000000000002";

        Assert.Equal(ExitCode.Ok, (await RunAsync("pause")).Code);
        Assert.All(
            _requests.Where(request => !request.Contains("health", StringComparison.Ordinal)),
            request => Assert.EndsWith(" function-key Bearer entra-token", request, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, false, "deletes the storage account stabc")]
    [InlineData("true", true, "is locked")]
    public async Task Warn_BeforeDown_SaysWhatIsLost(string? locked, bool fails, string says)
    {
        if (locked is not null)
            _run.Variables["DARKROOM_LOCK_STORAGE"] = locked;

        var run = await _run.RunAsync("warn");

        Assert.Equal(fails ? ExitCode.Failed : ExitCode.Ok, run.Code);
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
        Assert.Equal(!fails, run.Error.Contains("az keyvault recover -n kv-abc -l swedencentral", StringComparison.Ordinal));
    }

    private async Task<CommandRun> RunAsync(string step)
    {
        await using var server = await StubServer.StartAsync(app =>
        {
            app.Use(async (context, next) =>
            {
                var (request, headers) = (context.Request, context.Request.Headers);
                _requests.Add($"{request.Method} {request.Path} {headers["x-functions-key"]} {headers.Authorization}".TrimEnd());
                await next();
            });
            app.MapGet("/api/health/live", () => _isDeployed ? Results.Ok() : Results.NotFound());
            app.MapGet("/api/gate", () =>
            {
                _submitting = Math.Max(0, _submitting - 1);
                return Gate();
            });
            app.MapPost("/api/gate/pause", async (HttpRequest request) =>
            {
                _paused = await JsonNode.ParseAsync(request.Body);
                _paused!["at"] = "2026-11-30T09:04:00Z";
                return Gate();
            });
            app.MapPost("/api/gate/resume", () =>
            {
                _paused = null;
                return Gate();
            });
        });
        _run.Variables["DARKROOM_URL"] = server.Url;
        return await _run.RunAsync(step);
    }

    private IResult Gate() => Results.Content(
        $$"""
        {"slots":4,"inUse":{{_submitting}},"submitting":{{_submitting}},"waiting":{"interactive":0,"bulk":0},"coolDown":null,
         "paused":{{_paused?.ToJsonString() ?? "null"}},"budget":null,"utilisation":null,"credits":null}
        """,
        "application/json");
}
