using Darkroom.Cli.Up;

namespace Darkroom.Cli.Tests.Up;

public sealed class UpstreamChoiceTests
{
    private static readonly UpOptions Plain = new() { State = "state" };
    private static readonly FoundToken Token = new("MODELSCOPE_API_TOKEN", "ms-secret");

    [Fact]
    public void Of_NothingConfigured_IsSimulated() => Assert.True(UpstreamChoice.Of(Plain, Nothing, token: null).IsSimulated);

    [Fact]
    public void Of_Token_IsModelScopeAndDoesNotPrintTheToken()
    {
        var choice = UpstreamChoice.Of(Plain, Nothing, Token);

        Assert.Equal("https://api-inference.modelscope.cn/", choice.BaseUrl);
        Assert.Equal(
            "Talking to the REAL ModelScope at https://api-inference.modelscope.cn/ with the token from MODELSCOPE_API_TOKEN: pictures "
                + "cost credits.",
            choice.Announcement);
    }

    [Fact]
    public void Of_SimulatorOption_OverridesTokenAndEndpoint()
    {
        var choice = UpstreamChoice.Of(
            Plain with { Simulator = true }, With("MODELSCOPE_INFER_BASE", "https://api-inference.modelscope.ai"), Token);

        Assert.True(choice.IsSimulated);
        Assert.Null(choice.Token);
        Assert.Equal("Talking to a SIMULATED ModelScope: no token is used, no credits are spent.", choice.Announcement);
    }

    [Fact]
    public void Of_UpstreamOption_OverridesTheEnvironment() =>
        Assert.Equal(
            "http://127.0.0.1:9/",
            UpstreamChoice.Of(
                Plain with { Upstream = "http://127.0.0.1:9/" },
                With("MODELSCOPE_INFER_BASE", "https://api-inference.modelscope.ai"),
                Token).BaseUrl);

    [Theory]
    [InlineData("https://api-inference.modelscope.ai/v1", "REAL")]
    [InlineData("https://api-inference.modelscope.cn", "REAL")]
    [InlineData("https://modelscope.cn.example/", "the operator of this endpoint")]
    [InlineData("http://127.0.0.1:9000/", "the operator of this endpoint")]
    public void Of_OtherEndpoint_AnnouncesWhetherItIsModelScope(string url, string told)
    {
        var choice = UpstreamChoice.Of(Plain, With("MODELSCOPE_INFER_BASE", url), token: null);

        Assert.False(choice.IsSimulated);
        Assert.Contains(told, choice.Announcement, StringComparison.Ordinal);
        Assert.Contains("NO token", choice.Announcement, StringComparison.Ordinal);
    }

    private static Configured Nothing => new([], []);

    private static Configured With(string name, string value) => new([KeyValuePair.Create(name, value)], []);
}
