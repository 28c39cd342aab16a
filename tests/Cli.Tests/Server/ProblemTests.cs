using Darkroom.Cli.Server;

namespace Darkroom.Cli.Tests.Server;

public sealed class ProblemTests
{
    [Fact]
    public void Each_field_that_is_wrong_is_one_sentence()
    {
        var problem = Problem.Read(
            """{"type":"/docs/errors#invalid-request","title":"The request is not valid","status":400,"detail":"all of it","errors":{"prompt":["Is required."],"seed":["Must be a whole number.","Is too large."]}}""");

        Assert.Equal(["prompt: Is required.", "seed: Must be a whole number.", "seed: Is too large."], problem!.Sentences());
    }

    [Fact]
    public void Without_fields_the_detail_is_told_and_when_to_come_back()
    {
        var problem = Problem.Read(
            """{"title":"Too many jobs wait","detail":"100 jobs wait already.","retryable":true,"retryAfterSeconds":60}""");

        Assert.Equal(["100 jobs wait already.", "Try again in 60 s."], problem!.Sentences());
    }

    [Fact]
    public void Without_a_detail_the_title_is_told() => Assert.Equal(["Gone."], Problem.Read("""{"title":"Gone"}""")!.Sentences());

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("\"title\"")]
    [InlineData("<html>502 Bad Gateway</html>")]
    [InlineData("""{"title":7}""")]
    public void What_is_no_problem_is_none(string text) => Assert.Null(Problem.Read(text));
}
