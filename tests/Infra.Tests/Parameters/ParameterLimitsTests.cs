using Darkroom.Infra.Tests.Files;
using Darkroom.Infra.Tests.Rules;

namespace Darkroom.Infra.Tests.Parameters;

public sealed class ParameterLimitsTests : RuleTests
{
    private const string AzdFile = "infra/main.parameters.json";

    [Theory]
    [InlineData(Checkout.CompiledTemplate, "\"maxValue\": 64", "\"max\": 64", "the parameter \"slots\" has no limits")]
    [InlineData(Checkout.CompiledTemplate, "\"maxLength\": 254", "\"max\": 254", "the parameter \"alertAddress\" has no limits")]
    [InlineData(
        Checkout.CompiledTemplate,
            "\"maxLength\": 100",
            "\"max\": 100",
            "main/storage: the parameter \"allowedAddresses\" has no limits")]
    [InlineData(AzdFile, "\"slots\"", "\"slot\"", "main.bicep has no parameter \"slot\"")]
    [InlineData(AzdFile, "\"slots\"", "\"slot\"", "the parameter \"slots\" of main.bicep cannot be set")]
    public void Check_Mistake_IsReported(string path, string text, string mistake, string expected) =>
        AssertReports(path, text, mistake, expected);

    protected override IEnumerable<string> Check(Checkout checkout) => ParameterLimits.Check(checkout);
}
