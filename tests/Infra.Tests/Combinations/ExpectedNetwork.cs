using static Darkroom.Infra.Tests.Combinations.Prediction;

namespace Darkroom.Infra.Tests.Combinations;

/// <summary>Who can reach storage and vault, and how.</summary>
internal static class ExpectedNetwork
{
    public static void Check(Switches switches, Prediction prediction)
    {
        var (endpoints, networks) = switches.IsPrivate ? (4, 1) : (0, 0);
        Assert.Equal(endpoints, prediction.OfType("Microsoft.Network/privateEndpoints").Count());
        Assert.Equal(endpoints, prediction.OfType("Microsoft.Network/privateDnsZones").Count());
        Assert.Equal(networks, prediction.OfType("Microsoft.Network/virtualNetworks").Count());
        Assert.Equal(networks, prediction.OfType("Microsoft.Network/natGateways").Count());
        foreach (var type in new[] { "Microsoft.Storage/storageAccounts", "Microsoft.KeyVault/vaults" })
        {
            var resource = prediction.Only(type);
            Assert.Equal(
                switches is { IsPrivate: true, HasAddress: false } ? "Disabled" : "Enabled",
                TextOf(resource, "properties", "publicNetworkAccess"));
            Assert.Equal(switches.IsPrivate ? "Deny" : "Allow", TextOf(resource, "properties", "networkAcls", "defaultAction"));
            Assert.Equal(switches.IsPrivate ? "None" : "AzureServices", TextOf(resource, "properties", "networkAcls", "bypass"));
            // Storage refuses "/32".
            Assert.Equal(
                switches.HasAddress ? ["203.0.113.7", "198.51.100.0/24"] : Array.Empty<string>(),
                At(resource, "properties", "networkAcls", "ipRules").EnumerateArray().Select(rule => TextOf(rule, "value")));
        }
    }
}
