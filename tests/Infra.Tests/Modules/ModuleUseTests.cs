using Darkroom.Infra.Tests.Files;
using Darkroom.Infra.Tests.Rules;

namespace Darkroom.Infra.Tests.Modules;

public sealed class ModuleUseTests : RuleTests
{
    [Theory]
    [InlineData("infra/left-over.bicep", "", "var nothing = ''\n", "infra/left-over.bicep: no module uses this file")]
    [InlineData(
        "infra/main.bicep",
            "module vault './vault.bicep'",
            "module vault './vaults.bicep'",
            "infra/vault.bicep: no module uses this file")]
    [InlineData(
        Checkout.CompiledTemplate,
            "reference('app').outputs.url.value",
            "variables('token')",
            "main/app: the output \"url\" is not used")]
    public void Check_Mistake_IsReported(string path, string text, string mistake, string expected) =>
        AssertReports(path, text, mistake, expected);

    protected override IEnumerable<string> Check(Checkout checkout) => ModuleUse.Check(checkout);
}
