using Darkroom.Infra.Tests.Files;
using Darkroom.Infra.Tests.Rules;

namespace Darkroom.Infra.Tests.Deployment;

public sealed class AzdProjectTests : RuleTests
{
    private const string Azd = "azure.yaml";
    private const string Hook = "infra/hooks/secrets.sh";

    [Theory]
    [InlineData(Azd, "  darkroom:", "  darkrooms:", "no resource has the tag azd-service-name \"darkrooms\"")]
    [InlineData(Azd, "services:", "services: [", "azure.yaml: line")]
    [InlineData(Azd, "hooks:", "hook:", "there must be a service and a hook")]
    [InlineData(Azd, "./infra/hooks/secrets.ps1", "./infra/hooks/secret.ps1", "has no script for windows")]
    [InlineData(Hook, "DARKROOM_KEY_VAULT", "DARKROOM_VAULT", "main.bicep has no output DARKROOM_VAULT")]
    [InlineData("infra/hooks/secrets.ps1", "$env:DARKROOM_KEY_VAULT", "$env:DARKROOM_VAULT", "main.bicep has no output DARKROOM_VAULT")]
    [InlineData(Hook, "put_secret modelscope-api-token", "put_secret modelscope-token", "does not write the secret modelscope-api-token")]
    [InlineData(
        Checkout.CompiledTemplate,
            "SecretName=webhook-secret",
            "SecretName=webhooks",
            "writes the secret webhook-secret, which the app does not read")]
    public void Check_Mistake_IsReported(string path, string text, string mistake, string expected) =>
        AssertReports(path, text, mistake, expected);

    [Fact]
    public void Check_HookWithoutScript_IsReported() => AssertReportsMissing(Hook, "has no script for posix");

    protected override IEnumerable<string> Check(Checkout checkout) => AzdProject.Check(checkout);
}
