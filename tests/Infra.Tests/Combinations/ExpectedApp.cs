using System.Text.Json;
using static Darkroom.Infra.Tests.Combinations.Prediction;

namespace Darkroom.Infra.Tests.Combinations;

/// <summary>The function app, its plan, its settings and its sign-in.</summary>
internal static class ExpectedApp
{
    private const string ScaledToZero = "[]";

    public static void CheckApp(Switches switches, Prediction prediction)
    {
        Assert.Equal($"{switches.HasZones}", TextOf(prediction.Only("Microsoft.Web/serverfarms"), "properties", "zoneRedundant"));
        var app = prediction.Only("Microsoft.Web/sites");
        Assert.Equal(switches.IsPrivate, TextOf(app, "properties", "virtualNetworkSubnetId").Length > 0);
        Assert.Equal("dotnet-isolated", TextOf(app, "properties", "functionAppConfig", "runtime", "name"));
        var ready = At(app, "properties", "functionAppConfig", "scaleAndConcurrency", "alwaysReady");
        if (switches.ScalesToZero)
            Assert.Equal(ScaledToZero, ready.ToString());
        else
            // A plan with zones needs at least two.
            Assert.Equal(("durable", switches.HasZones ? "2" : "1"), (TextOf(ready[0], "name"), TextOf(ready[0], "instanceCount")));
        Assert.Equal(switches.HasScheduler ? 1 : 0, prediction.OfType("Microsoft.DurableTask/schedulers").Count());
    }

    public static void CheckSettings(Switches switches, Prediction prediction)
    {
        var settings = prediction.Settings();
        string[] always = [
            "AzureWebJobsStorage__blobServiceUri", "AzureWebJobsStorage__queueServiceUri", "AzureWebJobsStorage__tableServiceUri",
            "APPLICATIONINSIGHTS_CONNECTION_STRING", "AZURE_CLIENT_ID", "Darkroom__RetentionDays"];
        Assert.All(always, name => Assert.Contains($"'{name}'", settings, StringComparison.Ordinal));
        // Both secrets are references to the vault.
        const string Reference = @"'@Microsoft\.KeyVault\(VaultName=kv-[a-z0-9]+;SecretName=";
        Assert.Matches($@"'MODELSCOPE_API_TOKEN', {Reference}modelscope-api-token\)'", settings);
        Assert.Matches($@"'Darkroom__WebhookSecret', {Reference}webhook-secret\)'", settings);
        Assert.Contains($"'Darkroom__RetentionDryRun', '{(switches.IsDryRun ? "true" : "false")}'", settings, StringComparison.Ordinal);
        Assert.Equal(switches.HasScheduler, settings.Contains("'azureManaged'", StringComparison.Ordinal));
        Assert.Equal(switches.HasScheduler, settings.Contains("'DURABLE_TASK_SCHEDULER_CONNECTION_STRING'", StringComparison.Ordinal));
        // The last object of a union wins. Its values stay out of the record of a deployment, because the parameter is secure.
        Assert.Matches(@", parameters\('moreSettings'\)\)\), lambda\('setting'", settings);
        Assert.DoesNotContain("https://example.org", settings, StringComparison.Ordinal);
    }

    public static void CheckSignIn(Switches switches, Prediction prediction)
    {
        var configurations = prediction.OfType("Microsoft.Web/sites/config").ToList();
        Assert.Equal(switches.HasSignIn ? 1 : 0, configurations.Count);
        if (!switches.HasSignIn)
            return;
        var validation = At(configurations[0], "properties", "identityProviders", "azureActiveDirectory", "validation");
        var applications = At(validation, "defaultAuthorizationPolicy", "allowedApplications");
        Assert.Equal(switches.IsMore ? 2 : 0, applications.ValueKind == JsonValueKind.Array ? applications.GetArrayLength() : 0);
    }
}
