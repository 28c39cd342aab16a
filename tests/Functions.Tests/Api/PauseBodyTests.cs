using System.Text.Json;
using Darkroom.Api;
using Darkroom.Gate;
using Darkroom.TestKit;

namespace Darkroom.Functions.Tests.Api;

public sealed class PauseBodyTests
{
    private static readonly DateTime Now = new(2026, 11, 30, 9, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Read_NoBody_PausesUntilAResume() =>
        Assert.Equal(new GatePause(Now, Reason: null, Until: null), PauseBody.Read(body: null, Now).Pause);

    [Theory]
    [InlineData("""{"until":"2026-11-30T10:00:00Z","reason":"deploy"}""")]
    [InlineData("""{"until":"2026-11-30T18:00:00+08:00","reason":"deploy"}""")]
    public void Read_ReasonAndTime_AreTakenInUtc(string body) =>
        Assert.Equal(new GatePause(Now, "deploy", Now.AddHours(1)), Read(body).Pause);

    [Theory]
    [InlineData("""{"until":null,"reason":null}""")]
    [InlineData("{}")]
    public void Read_NullCountsAsMissing(string body) => Assert.Equal(new GatePause(Now, null, null), Read(body).Pause);

    [Theory]
    [InlineData("""{"until":"2026-11-30T09:00:00Z"}""", "until")]
    [InlineData("""{"until":"2026-11-30T10:00:00"}""", "until")]
    [InlineData("""{"until":12}""", "until")]
    [InlineData("""{"reason":""}""", "reason")]
    [InlineData("""{"reason":"\ud800"}""", "reason")]
    [InlineData("""{"\ud800":1}""", "body")]
    [InlineData("""{"reason":"a","reason":"b"}""", "reason")]
    [InlineData("""{"unti":"x"}""", "unti")]
    [InlineData("7", "body")]
    public void Read_InvalidField_IsNamed(string body, string field)
    {
        var (pause, problems) = Read(body);
        Assert.Null(pause);
        Assert.Contains(problems, problem => problem.Field == field);
    }

    [Fact]
    public void Read_AnyJson_HasAPauseOrProblems() => Properties.ForAll(
        JsonGen.Objects("reason", "until", "x"),
        text => Read(text) is var (pause, problems) && (pause is null) == (problems.Count > 0));

    private static (GatePause? Pause, IList<ModelScope.Requests.FieldProblem> Problems) Read(string body)
    {
        using var json = JsonDocument.Parse(body);
        return PauseBody.Read(json.RootElement, Now);
    }
}
