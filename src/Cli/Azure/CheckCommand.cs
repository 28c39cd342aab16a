namespace Darkroom.Cli.Azure;

/// <summary><c>darkroom azure check</c>: says before the resources are deployed what would fail after minutes of waiting.</summary>
internal sealed class CheckCommand(CommandEnvironment environment) : AzureStep("check", AzureWords.CheckCommand, environment)
{
    // Registering takes minutes, and only the owner of a subscription or a contributor may do it.
    private const string NetworkProvider = "Microsoft.App";

    protected override async Task RunAsync(Deployment deployment, AzureCli azure, CancellationToken cancellation)
    {
        if (DeploymentSettings.Of(CommandEnvironment).Problems().ToArray() is { Length: > 0 } problems)
            throw CommandException.Usage(string.Join(Environment.NewLine, problems));
        var account = await azure.RunAsync(cancellation, "account", "show", "--query", "name", "--output", "tsv");
        if (!account.IsSuccess)
            throw CommandException.Failed(
                deployment.Subscription is { } id ? AzureWords.SubscriptionNotSeen.With(id) : AzureWords.NotSignedIn);
        if (!deployment.IsPrivate)
            return;
        if (deployment.AllowedAddresses.Count == 0 && !deployment.IsInsideNetwork)
            throw CommandException.Failed(AzureWords.AddressNotAllowed);
        await RegisterAsync(azure, cancellation);
    }

    // The private network of the app belongs to this provider.
    private async Task RegisterAsync(AzureCli azure, CancellationToken cancellation)
    {
        var notRegistered = AzureWords.NotRegistered.With(NetworkProvider);
        var state = await azure.ReadAsync(
            notRegistered, cancellation, "provider", "show", "--namespace", NetworkProvider, "--query", "registrationState");
        if (state == "Registered")
            return;
        Say(AzureWords.Registering.With(NetworkProvider));
        await azure.ReadAsync(notRegistered, cancellation, "provider", "register", "--namespace", NetworkProvider, "--wait");
    }
}
