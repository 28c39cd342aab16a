using System.Text.Json.Nodes;

namespace Darkroom.Cli.Tests.Azure;

/// <summary><c>darkroom azure check</c>, which azd runs before it deploys the resources.</summary>
public sealed class CheckTests : IDisposable
{
    private readonly FakeAzure _azure = new();
    private readonly AzureRun _run;

    public CheckTests() => _run = new AzureRun(_azure);

    public void Dispose() => _azure.Dispose();

    [Fact]
    public async Task Check_SignedIn_IsFine()
    {
        var run = await _run.RunAsync("check");

        Assert.Equal((ExitCode.Ok, ""), (run.Code, run.Error));
        Assert.Contains("--subscription 00000000-0000-0000-0000-000000000001", Assert.Single(_azure.Calls), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_FirstProvision_HasNoSubscriptionYet()
    {
        _run.Variables.Remove("AZURE_SUBSCRIPTION_ID");

        Assert.Equal(ExitCode.Ok, (await _run.RunAsync("check")).Code);
        Assert.DoesNotContain("--subscription", Assert.Single(_azure.Calls), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_NoAzureCli_SaysWhereToGetIt()
    {
        _run.Variables["PATH"] = "/nowhere";

        await AssertFailsAsync("aka.ms/azure-cli");
    }

    [Fact]
    public async Task Check_NotSignedIn_SaysHow()
    {
        _azure.Set("not signed in", "ERROR: Please run 'az login' to setup account.");

        await AssertFailsAsync("az login");
    }

    [Theory]
    [InlineData("DARKROOM_PRIVATE_NETWORK", "yes", "DARKROOM_PRIVATE_NETWORK is \"yes\"")]
    [InlineData("DARKROOM_PRIVATE_NETWORK", "tRUE", "DARKROOM_PRIVATE_NETWORK is \"tRUE\"")]
    [InlineData("DARKROOM_SLOTS", "many", "DARKROOM_SLOTS is \"many\"")]
    [InlineData("DARKROOM_SLOTS", "", "DARKROOM_SLOTS is \"\"")]
    [InlineData("DARKROOM_ENGINE", "", "DARKROOM_ENGINE is empty")]
    [InlineData("DARKROOM_MORE_SETTINGS", "", "DARKROOM_MORE_SETTINGS has to be a JSON object")]
    [InlineData("DARKROOM_MORE_SETTINGS", "{\"Darkroom__Slots\":4}", "DARKROOM_MORE_SETTINGS has to be a JSON object")]
    public async Task Check_SettingThatAzdWouldIgnore_IsNamed(string name, string value, string expected)
    {
        _run.Variables[name] = value;

        var run = await _run.RunAsync("check");

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DARKROOM_PRIVATE_NETWORK", "False")]
    [InlineData("DARKROOM_TELEMETRY_GIGABYTES", "-1")]
    [InlineData("DARKROOM_ALLOWED_ADDRESSES", "")]
    [InlineData("DARKROOM_MORE_SETTINGS", "{\"Darkroom__Slots\":\"4\"}")]
    public async Task Check_SettingThatAzdReads_IsFine(string name, string value)
    {
        _run.Variables[name] = value;

        var run = await _run.RunAsync("check");

        Assert.True(run.Code == ExitCode.Ok, run.Error);
    }

    [Fact]
    public async Task Parameters_PrintsWhatIsSetWithItsType()
    {
        _run.Variables["DARKROOM_SLOTS"] = "4";
        _run.Variables["DARKROOM_PRIVATE_NETWORK"] = "TRUE";
        _run.Variables["DARKROOM_MORE_SETTINGS"] = """{"Darkroom__DeadlineSeconds":"900"}""";

        var run = await _run.RunAsync("parameters");

        Assert.True(run.Code == ExitCode.Ok, run.Error);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""
                {"environmentName":{"value":"trial"},"location":{"value":"swedencentral"},"slots":{"value":4},
                 "privateNetwork":{"value":true},"moreSettings":{"value":{"Darkroom__DeadlineSeconds":"900"}}}
                """),
            JsonNode.Parse(run.Out)!["parameters"]), run.Out);
        Assert.Empty(_azure.Calls);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("1")]
    public async Task Check_PrivateWithoutAddress_SaysSoAtOnce(string isPrivate)
    {
        _run.Variables["DARKROOM_PRIVATE_NETWORK"] = isPrivate;

        await AssertFailsAsync("DARKROOM_ALLOWED_ADDRESSES");
    }

    [Theory]
    [InlineData("DARKROOM_ALLOWED_ADDRESSES", "203.0.113.7")]
    [InlineData("DARKROOM_INSIDE_NETWORK", "true")]
    public async Task Check_Private_RegistersTheProviderOnce(string name, string value)
    {
        _run.Variables["DARKROOM_PRIVATE_NETWORK"] = "true";
        _run.Variables[name] = value;
        _azure.Set("provider", "NotRegistered\n");

        var first = await _run.RunAsync("check");
        var second = await _run.RunAsync("check");

        Assert.Equal((ExitCode.Ok, ExitCode.Ok), (first.Code, second.Code));
        Assert.Contains("Microsoft.App", first.Error, StringComparison.Ordinal);
        Assert.Equal("", second.Error);
        Assert.Single(
            _azure.Calls, call => call.StartsWith("provider register --namespace Microsoft.App --wait", StringComparison.Ordinal));
    }

    private async Task AssertFailsAsync(string says)
    {
        var run = await _run.RunAsync("check");

        Assert.Equal(ExitCode.Failed, run.Code);
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
    }
}
