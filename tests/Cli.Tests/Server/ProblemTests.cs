using Darkroom.Cli.Server;

namespace Darkroom.Cli.Tests.Server;

public sealed class ProblemTests
{
    [Fact]
    public void Sentences_FieldErrors_GiveOneLineEach()
    {
        var problem = Problem.Read(
            """{"type":"/docs/errors#invalid-request","title":"The request is not valid","status":400,"detail":"all of it","errors":{"prompt":["Is required."],"seed":["Must be a whole number.","Is too large."]}}""");

        Assert.Equal(["prompt: Is required.", "seed: Must be a whole number.", "seed: Is too large."], problem!.Sentences());
    }

    [Fact]
    public void Sentences_NoFieldErrors_GiveDetailAndRetryTime()
    {
        var problem = Problem.Read(
            """{"title":"Too many jobs wait","detail":"100 jobs wait already.","retryable":true,"retryAfterSeconds":60}""");

        Assert.Equal(["100 jobs wait already.", "Try again in 60 s."], problem!.Sentences());
    }

    [Fact]
    public void Sentences_NoDetail_GiveTheTitle() => Assert.Equal(["Gone."], Problem.Read("""{"title":"Gone"}""")!.Sentences());

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("\"title\"")]
    [InlineData("<html>502 Bad Gateway</html>")]
    [InlineData("""{"title":7}""")]
    public void Read_NotProblemDetails_IsNull(string text) => Assert.Null(Problem.Read(text));
}
