using Darkroom.Cli.Doctor;
using Darkroom.Cli.Up;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Darkroom.Cli.Tests.Doctor;

public sealed class UpstreamProbeTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Look_TokenAccepted_ReadsTheBalanceAndKeepsNoToken()
    {
        await using var server = await StartAsync(404);

        var facts = await LookAsync(server.Url);

        Assert.Equal((UpstreamAnswer.Accepted, 7.5m, "MODELSCOPE_API_KEY"), (facts.Answer, facts.Credits, facts.TokenPlace));
        Assert.DoesNotContain("ms-secret", $"{facts}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, "Refused")]
    [InlineData(500, "Trouble")]
    public async Task Look_ErrorAnswer_IsToldApart(int status, string answer)
    {
        await using var server = await StartAsync(status);

        Assert.Equal(answer, $"{(await LookAsync(server.Url)).Answer}");
    }

    [Theory]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("nonsense")]
    public async Task Look_NoServer_IsUnreachable(string url) =>
        Assert.Equal(UpstreamAnswer.Unreachable, (await LookAsync(url)).Answer);

    private Task<UpstreamFacts> LookAsync(string url)
    {
        var configured = new Configured(
            new Dictionary<string, string>
            {
                ["MODELSCOPE_API_KEY"] = "ms-secret",
                ["MODELSCOPE_INFER_BASE"] = url,
                ["Darkroom__BalanceUrl"] = $"{url}/balance",
            },
            []);
        return new UpstreamProbe(_folder.Path, _folder.Path, configured, TimeProvider.System).LookAsync(CancellationToken.None);
    }

    private static Task<StubServer> StartAsync(int status) => StubServer.StartAsync(app =>
    {
        app.MapGet("/v1/tasks/{id}", () => Results.Json(new { errors = new { message = "no" } }, statusCode: status));
        app.MapGet("/balance", () => Results.Json(new { data = new { available_balance = 7.5 } }));
    });
}
