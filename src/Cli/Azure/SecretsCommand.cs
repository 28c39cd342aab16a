using System.Security.Cryptography;
using Darkroom.ModelScope;

namespace Darkroom.Cli.Azure;

/// <summary><c>darkroom azure secrets</c>: writes the two secrets of the app into the vault; asks for the ModelScope token once.</summary>
internal sealed class SecretsCommand(CommandEnvironment environment) : AzureStep("secrets", AzureWords.SecretsCommand, environment)
{
    private const string TokenName = "modelscope-api-token";
    private const string WebhookName = "webhook-secret";

    protected override async Task RunAsync(Deployment deployment, AzureCli azure, CancellationToken cancellation)
    {
        if (deployment.Vault is not { } name)
        {
            // azd runs this after a preview too.
            Say(AzureWords.NothingDeployed);
            return;
        }

        var vault = new Vault(name, deployment, azure, CommandEnvironment.Time, Say);
        var names = await vault.NamesAsync(cancellation);
        if (!names.Contains(WebhookName))
        {
            await vault.WriteAsync(WebhookName, NewWebhookSecret(), cancellation);
            Say(AzureWords.WebhookSecretMade);
        }

        if (names.Contains(TokenName) && !deployment.HasNewToken)
            Say(AzureWords.TokenIsThere);
        else if (Ask(deployment) is { } token)
        {
            await vault.WriteAsync(TokenName, token, cancellation);
            Say(AzureWords.TokenWritten);
        }
        else
        {
            Say(AzureWords.NoTokenGiven);
            return;
        }

        await RefreshAsync(deployment, azure, cancellation);
    }

    // Standard Webhooks: the prefix, then 32 random bytes in base64.
    private static string NewWebhookSecret() => $"whsec_{Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}";

    private string? Ask(Deployment deployment)
    {
        var given = (deployment.Token ?? CommandEnvironment.ReadSecret?.Invoke(AzureWords.AskForToken))?.Trim();
        if (string.IsNullOrEmpty(given))
            return null;
        return ApiToken.Clean(given).IsEmpty ? throw CommandException.Failed(AzureWords.NotAToken) : given;
    }

    // The app caches its references to the vault for up to a day. This makes it read them now.
    private async Task RefreshAsync(Deployment deployment, AzureCli azure, CancellationToken cancellation)
    {
        var site = $"/subscriptions/{deployment.RequiredSubscription}/resourceGroups/{deployment.ResourceGroup}"
            + $"/providers/Microsoft.Web/sites/{deployment.App}";
        var refresh = await azure.RunAsync(
            cancellation,
            "rest", "--method", "post", "--output", "none",
            "--url", $"{site}/config/configreferences/appsettings/refresh?api-version=2022-03-01");
        if (!refresh.IsSuccess)
            Say(AzureWords.NotRefreshed);
    }
}
