using Darkroom.Infra.Tests.Files;
using Darkroom.Infra.Tests.Rules;

namespace Darkroom.Infra.Tests.Deployment;

public sealed class AzdProjectTests : RuleTests
{
    private const string Azd = "azure.yaml";
    private const string Secrets = "src/Cli/Azure/SecretsCommand.cs";

    [Theory]
    [InlineData(Azd, "  darkroom:", "  darkrooms:", "no resource has the tag azd-service-name \"darkrooms\"")]
    [InlineData(Azd, "services:", "services: [", "azure.yaml: line")]
    [InlineData(Azd, "hooks:", "hook:", "there must be a service and a hook")]
    [InlineData(Azd, "./darkroom azure check", "./darkroom azure checks", "calls \"./darkroom azure checks\", which does not exist")]
    [InlineData(Azd, "./darkroom.cmd azure warn", "./darkroom.cmd azure check", "calls \"./darkroom.cmd azure check\" on Windows")]
    [InlineData("src/Cli/Azure/Deployment.cs", "\"DARKROOM_KEY_VAULT\"", "\"DARKROOM_VAULT\"", "azd does not set DARKROOM_VAULT")]
    [InlineData(Secrets, "\"modelscope-api-token\"", "\"modelscope-token\"", "does not write the secret modelscope-api-token")]
    [InlineData(
        Checkout.CompiledTemplate,
        "SecretName=webhook-secret",
        "SecretName=webhooks",
        "writes the secret webhook-secret, which the app does not read")]
    public void Check_Mistake_IsReported(string path, string text, string mistake, string expected) =>
        AssertReports(path, text, mistake, expected);

    protected override IEnumerable<string> Check(Checkout checkout) => AzdProject.Check(checkout);
}
