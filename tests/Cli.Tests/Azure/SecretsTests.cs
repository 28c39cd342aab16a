namespace Darkroom.Cli.Tests.Azure;

/// <summary><c>darkroom azure secrets</c>, which azd runs after it has deployed the resources.</summary>
public sealed class SecretsTests : IDisposable
{
    private const string Token = "ms-2f1c9d5e-token";
    private const string NoRole =
        "(Forbidden) Caller is not authorized to perform action on resource.\nInner error: { \"code\": \"ForbiddenByRbac\" }";

    private const string NoAddress =
        "(Forbidden) Client address is not authorized and caller is not a trusted service.\nClient address: 203.0.113.7\n";

    private readonly FakeAzure _azure = new();
    private readonly AzureRun _run;

    public SecretsTests() => _run = new AzureRun(_azure);

    public void Dispose() => _azure.Dispose();

    [Fact]
    public async Task Secrets_TypedToken_IsWrittenAndNowhereElse()
    {
        var run = await _run.RunAsync("secrets", typed: $" {Token}\n");

        Assert.True(run.Code == ExitCode.Ok, run.Error);
        Assert.Equal(Token, _azure.Secret("modelscope-api-token"));
        Assert.Matches("^whsec_[A-Za-z0-9+/]{43}=$", _azure.Secret("webhook-secret")!);
        var calls = string.Join('\n', _azure.Calls);
        Assert.DoesNotContain(Token, calls, StringComparison.Ordinal);
        Assert.DoesNotContain("whsec", calls, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, run.Out + run.Error, StringComparison.Ordinal);
        Assert.Contains("/func-darkroom-abc/config/configreferences/appsettings/refresh", calls, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_TokenOfTheEnvironment_IsWritten()
    {
        _run.Variables["MODELSCOPE_API_TOKEN"] = Token;

        Assert.Equal(ExitCode.Ok, (await _run.RunAsync("secrets")).Code);
        Assert.Equal(Token, _azure.Secret("modelscope-api-token"));
    }

    [Fact]
    public async Task Secrets_SecondRun_ChangesNothing()
    {
        await _run.RunAsync("secrets", typed: Token);
        var webhooks = _azure.Secret("webhook-secret");

        var run = await _run.RunAsync("secrets", typed: "ms-another-token");

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Equal((Token, webhooks), (_azure.Secret("modelscope-api-token"), _azure.Secret("webhook-secret")));
    }

    [Fact]
    public async Task Secrets_NewTokenAsked_ReplacesTheToken()
    {
        await _run.RunAsync("secrets", typed: Token);
        _run.Variables["DARKROOM_NEW_TOKEN"] = "1";

        await _run.RunAsync("secrets", typed: "ms-another-token");

        Assert.Equal("ms-another-token", _azure.Secret("modelscope-api-token"));
    }

    [Theory]
    [InlineData(null, ExitCode.Ok, "No token was given")]
    [InlineData("", ExitCode.Ok, "No token was given")]
    [InlineData("YOUR_API_KEY", ExitCode.Failed, "not a ModelScope token")]
    public async Task Secrets_NoToken_IsNotWritten(string? typed, int code, string says)
    {
        var run = await _run.RunAsync("secrets", typed);

        Assert.Equal(code, run.Code);
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
        Assert.Null(_azure.Secret("modelscope-api-token"));
    }

    [Fact]
    public async Task Secrets_RoleNotKnownYet_Waits()
    {
        _azure.Set("list fails", $"3\n{NoRole}");

        var run = await _run.RunAsync("secrets", typed: Token);

        Assert.True(run.Code == ExitCode.Ok, run.Error);
        Assert.Equal(4, _azure.Calls.Count(call => call.StartsWith("keyvault secret list", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Secrets_AddressRefused_SaysAtOnceWhichToAllow()
    {
        _azure.Set("list fails", $"99\n{NoAddress}");
        _run.Variables["DARKROOM_ALLOWED_ADDRESSES"] = "198.51.100.1";

        var run = await _run.RunAsync("secrets", typed: Token);

        Assert.Equal(ExitCode.Failed, run.Code);
        Assert.Contains("azd env set DARKROOM_ALLOWED_ADDRESSES 198.51.100.1,203.0.113.7", run.Error, StringComparison.Ordinal);
        Assert.Single(_azure.Calls);
    }

    [Theory]
    [InlineData("203.0.113.7")]
    [InlineData("198.51.100.1, 203.0.113.7/32")]
    [InlineData("203.0.113.0/24")]
    public async Task Secrets_AllowedAddressRefused_WaitsForTheRule(string allowed)
    {
        _azure.Set("list fails", $"2\n{NoAddress}");
        _run.Variables["DARKROOM_ALLOWED_ADDRESSES"] = allowed;

        Assert.Equal(ExitCode.Ok, (await _run.RunAsync("secrets", typed: Token)).Code);
        Assert.Equal(Token, _azure.Secret("modelscope-api-token"));
    }

    [Theory]
    [InlineData("99\n(Forbidden) Public network access is disabled and request is not…", "DARKROOM_ALLOWED_ADDRESSES", 1)]
    [InlineData("99\nERROR: Please run 'az login' to setup account.", "az login", 1)]
    [InlineData("99\nFailed to resolve 'kv-abc.vault.azure.net'", "Failed to resolve 'kv-abc.vault.azure.net'", 20)]
    public async Task Secrets_VaultUnreachable_SaysWhy(string failure, string says, int looks)
    {
        _azure.Set("list fails", failure);

        var run = await _run.RunAsync("secrets", typed: Token);

        Assert.Equal(ExitCode.Failed, run.Code);
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
        Assert.Equal(looks, _azure.Calls.Count);
    }

    [Fact]
    public async Task Secrets_NotWritten_SaysWhichWithoutItsText()
    {
        _azure.Set("set fails", NoRole);

        var run = await _run.RunAsync("secrets", typed: Token);

        Assert.Equal(ExitCode.Failed, run.Code);
        Assert.Contains("webhook-secret", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("whsec_", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_AppNotTold_IsNoFailure()
    {
        _azure.Set("rest fails", "not found");

        var run = await _run.RunAsync("secrets", typed: Token);

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Contains("within a day", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_Preview_HasNoVault()
    {
        _run.Variables.Remove("DARKROOM_KEY_VAULT");

        Assert.Equal(ExitCode.Ok, (await _run.RunAsync("secrets")).Code);
        Assert.Empty(_azure.Calls);
    }
}
