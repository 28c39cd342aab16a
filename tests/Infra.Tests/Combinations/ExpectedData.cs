using System.Text.Json;
using static Darkroom.Infra.Tests.Combinations.Prediction;

namespace Darkroom.Infra.Tests.Combinations;

/// <summary>The storage account and the vault.</summary>
internal static class ExpectedData
{
    public static void CheckStorage(Switches switches, Prediction prediction)
    {
        var account = prediction.Only("Microsoft.Storage/storageAccounts");
        var redundancy = (IsGeo: switches.IsMore, switches.HasZones) switch
        {
            (false, false) => "Standard_LRS",
            (false, true) => "Standard_ZRS",
            (true, false) => "Standard_GRS",
            (true, true) => "Standard_GZRS",
        };
        Assert.Equal(redundancy, TextOf(account, "sku", "name"));
        Assert.Equal("False", TextOf(account, "properties", "allowSharedKeyAccess"));
        Assert.Equal(switches.IsLocked ? 1 : 0, prediction.OfType("Microsoft.Authorization/locks").Count());
        var rule = At(prediction.Only("Microsoft.Storage/storageAccounts/managementPolicies"), "properties", "policy", "rules")[0];
        Assert.Equal($"{!switches.IsDryRun}", TextOf(rule, "enabled"));
    }

    public static void CheckVault(Switches switches, Prediction prediction)
    {
        // Azure refuses false.
        var protection = At(prediction.Only("Microsoft.KeyVault/vaults"), "properties", "enablePurgeProtection");
        Assert.Equal(!switches.IsTrial, protection.ValueKind == JsonValueKind.True);
        Assert.NotEqual(JsonValueKind.False, protection.ValueKind);
    }
}
