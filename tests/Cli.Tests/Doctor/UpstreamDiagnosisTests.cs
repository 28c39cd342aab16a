using Darkroom.Cli.Doctor;

namespace Darkroom.Cli.Tests.Doctor;

public sealed class UpstreamDiagnosisTests
{
    private static readonly UpstreamFacts Well = new()
    {
        TokenPlace = "config.json",
        BaseUrl = "https://api-inference.modelscope.cn/",
        Answer = UpstreamAnswer.Accepted,
        Credits = 12.5m,
    };

    [Fact]
    public void Of_TokenAcceptedAndCredits_IsOkAndNamesThePlace()
    {
        var findings = UpstreamDiagnosis.Of(Well).ToArray();

        Assert.All(findings, finding => Assert.Equal(Level.Ok, finding.Level));
        Assert.Equal("found in config.json", findings[0].Message);
        Assert.Equal("12.5", findings[^1].Message);
    }

    [Fact]
    public void Of_NothingConfigured_WarnsWhereToGetAToken()
    {
        var findings = UpstreamDiagnosis.Of(new UpstreamFacts()).ToArray();

        Assert.Equal([Level.Warning, Level.Ok], findings.Select(finding => finding.Level));
        Assert.Contains("https://modelscope.cn/my/myaccesstoken", findings[0].Cure, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_EndpointWithoutToken_IsAProblem() =>
        Assert.Equal(Level.Problem, UpstreamDiagnosis.Of(Well with { TokenPlace = null }).First().Level);

    [Fact]
    public void Of_TokenRefused_ListsTheThreeCauses()
    {
        var account = UpstreamDiagnosis.Of(Well with { Answer = UpstreamAnswer.Refused, Credits = null }).Last();

        Assert.Equal(Level.Problem, account.Level);
        Assert.All(
            ["expired", "Alibaba Cloud", "real-name"], cause => Assert.Contains(cause, account.Cure, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(UpstreamAnswer.Unreachable, "Problem")]
    [InlineData(UpstreamAnswer.Trouble, "Warning")]
    internal void Of_NoUsableAnswer_SaysNothingAboutTheAccount(UpstreamAnswer answer, string level)
    {
        var findings = UpstreamDiagnosis.Of(Well with { Answer = answer, Error = "no" }).ToArray();

        Assert.Equal(level, $"{findings[^1].Level}");
        Assert.Equal(2, findings.Length);
    }

    [Fact]
    public void Of_NoCredits_IsAProblemAndAnUnknownBalanceAWarning()
    {
        Assert.Equal(Level.Problem, UpstreamDiagnosis.Of(Well with { Credits = 0 }).Last().Level);
        Assert.Equal(Level.Warning, UpstreamDiagnosis.Of(Well with { Credits = null, CreditsError = "404" }).Last().Level);
    }
}
