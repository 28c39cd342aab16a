using System.Net;
using Darkroom.Cli.Azure;
using Darkroom.Cli.Tooling;

namespace Darkroom.Cli.Tests.Azure;

public sealed class VaultAnswerTests
{
    [Fact]
    public void Of_Success_HasTheNames()
    {
        var answer = VaultAnswer.Of(new ToolResult(0, "WARNING: old\na\nb\n") { Answer = "a\r\nb\n" });

        Assert.Equal(["a", "b"], Assert.IsType<VaultAnswer.Secrets>(answer).Names);
    }

    [Theory]
    [InlineData("Client address is not authorized…\r\nClient address: 203.0.113.7\r\nCaller: appid=1", "203.0.113.7")]
    [InlineData("Client address: 2001:db8::1 ", "2001:db8::1")]
    [InlineData("(Forbidden) Public network access is disabled and request is not from a trusted service", null)]
    public void Of_Firewall_HasTheAddressIfItIsNamed(string output, string? address) =>
        Assert.Equal(
            new VaultAnswer.AddressRefused(address is null ? null : IPAddress.Parse(address)), VaultAnswer.Of(new ToolResult(1, output)));

    [Theory]
    [InlineData("ERROR: Please run 'az login' to setup account.")]
    [InlineData("AADSTS700082: The refresh token has expired. Interactive authentication is needed. Please run: az login --scope x")]
    public void Of_NoSignIn_IsRecognized(string output) =>
        Assert.IsType<VaultAnswer.NotSignedIn>(VaultAnswer.Of(new ToolResult(1, output)));

    [Fact]
    public void Of_AnythingElse_MayPass() => Assert.IsType<VaultAnswer.NotYet>(VaultAnswer.Of(new ToolResult(1, " odd\n")));
}
