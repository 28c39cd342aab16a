using Darkroom.Infra.Tests.Files;
using Darkroom.Infra.Tests.Rules;

namespace Darkroom.Infra.Tests.Access;

public sealed class RolesTests : RuleTests
{
    [Theory]
    [InlineData(
        "4633458b-17de-408a-b874-0445c86b69e6",
            "974c5e8b-45b9-4653-ba55-5f855dd0fb88",
            "is \"Storage Queue Data Contributor\", and the variable is called keyVaultSecretsUser")]
    [InlineData("4633458b-17de-408a-b874-0445c86b69e6", "00482a5a-887f-4fb3-b363-3b7fe8e74483", "is not in the table of roles")]
    [InlineData("4633458b-17de-408a-b874-0445c86b69e6", "no-guid", "no variable has the role \"Key Vault Secrets User\"")]
    [InlineData(
        "roleDefinitions', variables('keyVaultSecretsUser')",
            "roleDefinitions', '4633458b-17de-408a-b874-0445c86b69e6'",
            "does not name one role")]
    [InlineData(
        "parameters('principalId'), variables('keyVaultSecretsUser')",
            "parameters('principalId'), variables('keyVaultSecretsOfficer')",
            "the assignment of keyVaultSecretsUser does not contain the role")]
    public void Check_Mistake_IsReported(string text, string mistake, string expected) =>
        AssertReports(Checkout.CompiledTemplate, text, mistake, expected);

    protected override IEnumerable<string> Check(Checkout checkout) => Roles.Check(checkout);
}
