using Darkroom.Cli.Up;

namespace Darkroom.Cli.Tests.Up;

public sealed class UpstreamChoiceTests
{
    private static readonly UpOptions Plain = new() { State = "state" };
    private static readonly FoundToken Token = new("MODELSCOPE_API_TOKEN", "ms-secret");

    [Fact]
    public void Without_anything_it_is_simulated() => Assert.True(UpstreamChoice.Of(Plain, Nothing, token: null).IsSimulated);

    [Fact]
    public void With_a_token_it_is_the_real_one_and_that_is_said_without_the_token()
    {
        var choice = UpstreamChoice.Of(Plain, Nothing, Token);

        Assert.Equal("https://api-inference.modelscope.cn/", choice.BaseUrl);
        Assert.Equal(
            "Talking to the REAL ModelScope at https://api-inference.modelscope.cn/ with the token from MODELSCOPE_API_TOKEN: pictures "
                + "cost credits.",
            choice.Announcement);
    }

    [Fact]
    public void Asked_for_the_simulator_wins_over_token_and_endpoint()
    {
        var choice = UpstreamChoice.Of(
            Plain with { Simulator = true }, With("MODELSCOPE_INFER_BASE", "https://api-inference.modelscope.ai"), Token);

        Assert.True(choice.IsSimulated);
        Assert.Null(choice.Token);
        Assert.Equal("Talking to a SIMULATED ModelScope: no token is used, no credits are spent.", choice.Announcement);
    }

    [Fact]
    public void The_command_line_wins_over_the_environment() =>
        Assert.Equal(
            "http://127.0.0.1:9/",
            UpstreamChoice.Of(
                Plain with { Upstream = "http://127.0.0.1:9/" },
                With("MODELSCOPE_INFER_BASE", "https://api-inference.modelscope.ai"),
                Token).BaseUrl);

    [Theory]
    [InlineData("https://api-inference.modelscope.ai/v1", "REAL")]
    [InlineData("https://api-inference.modelscope.cn", "REAL")]
    [InlineData("https://modelscope.cn.example/", "up to whoever runs it")]
    [InlineData("http://127.0.0.1:9000/", "up to whoever runs it")]
    public void Another_endpoint_is_called_what_it_is(string url, string told)
    {
        var choice = UpstreamChoice.Of(Plain, With("MODELSCOPE_INFER_BASE", url), token: null);

        Assert.False(choice.IsSimulated);
        Assert.Contains(told, choice.Announcement, StringComparison.Ordinal);
        Assert.Contains("NO token", choice.Announcement, StringComparison.Ordinal);
    }

    private static Configured Nothing => new([], []);

    private static Configured With(string name, string value) => new([KeyValuePair.Create(name, value)], []);
}
