using static Darkroom.Infra.Tests.Combinations.Prediction;

namespace Darkroom.Infra.Tests.Combinations;

/// <summary>Who may do what.</summary>
internal static class ExpectedRoles
{
    public static void Check(Switches switches, Prediction prediction)
    {
        // "Scope: role": what the app may do, and the deployer.
        string[] expected =
        [
            "Microsoft.Storage/storageAccounts: b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
            "Microsoft.Storage/storageAccounts: 974c5e8b-45b9-4653-ba55-5f855dd0fb88",
            "Microsoft.Storage/storageAccounts: 0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3",
            "Microsoft.KeyVault/vaults: 4633458b-17de-408a-b874-0445c86b69e6",
            "Microsoft.KeyVault/vaults: b86a8fe4-44ce-4948-aee5-eccb2c155cd7",
            "Microsoft.Insights/components: 3913510d-42f4-4e42-8a64-420c390055eb",
            .. switches.HasScheduler ? (string[])["Microsoft.DurableTask/schedulers: 0ad04412-c4d5-4796-b79c-f76d14c8d402"] : [],
        ];
        var roles = prediction.OfType("Microsoft.Authorization/roleAssignments").Select(assignment =>
            $"{ScopeOf(TextOf(assignment, "id"))}: {TextOf(assignment, "properties", "roleDefinitionId").Split('/')[^1]}");

        Assert.Equal(expected.Order(), roles.Order());
    }

    // The type of the resource in an id such as "[extensionResourceId('/subscriptions/…/providers/Microsoft.KeyVault/vaults/kv-a', …".
    private static string ScopeOf(string id) => string.Join('/', id.Split("/providers/")[1].Split('/', '\'')[..2]);
}
