namespace Darkroom.Cli.Azure;

/// <summary><c>darkroom azure warn</c>: says before <c>azd down</c> what is lost, and what has to be done first.</summary>
internal sealed class WarnCommand(CommandEnvironment environment) : AzureStep("warn", AzureWords.WarnCommand, environment)
{
    protected override Task RunAsync(Deployment deployment, AzureCli azure, CancellationToken cancellation)
    {
        if (deployment.StorageAccount is not { } account)
            return Task.CompletedTask;
        Say(AzureWords.PicturesWillBeDeleted.With(account));
        if (deployment.IsStorageLocked)
            throw CommandException.Failed(AzureWords.StorageIsLocked);
        Say(deployment.IsVaultProtected
            ? AzureWords.VaultStays.With(deployment.Vault!, deployment.ResourceGroup, deployment.Location)
            : AzureWords.VaultCanBePurged);
        return Task.CompletedTask;
    }
}
