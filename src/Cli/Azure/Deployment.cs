using System.Net;

namespace Darkroom.Cli.Azure;

/// <summary>What azd knows of a deployment. It passes its settings and the outputs of infra/main.bicep in environment variables.</summary>
internal sealed class Deployment(Func<string, string?> variable)
{
    /// <summary>The subscription; null before azd has asked for it.</summary>
    public string? Subscription => Given("AZURE_SUBSCRIPTION_ID");

    public bool IsPrivate => IsOn("DARKROOM_PRIVATE_NETWORK");

    /// <summary>Whether azd runs inside the private network, so that no public address has to be allowed.</summary>
    public bool IsInsideNetwork => IsOn("DARKROOM_INSIDE_NETWORK");

    /// <summary>The addresses and ranges that may reach storage and vault.</summary>
    public IReadOnlyList<string> AllowedAddresses =>
        (Given("DARKROOM_ALLOWED_ADDRESSES") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether one of them is, or contains, <paramref name="address"/>.</summary>
    public bool Allows(IPAddress address) => AllowedAddresses.Any(allowed => allowed.Contains('/', StringComparison.Ordinal)
        ? IPNetwork.TryParse(allowed, out var network) && network.Contains(address)
        : IPAddress.TryParse(allowed, out var one) && one.Equals(address));

    /// <summary>Whether submits are paused while the app is replaced.</summary>
    public bool PausesForDeployment => IsOn("DARKROOM_PAUSE_FOR_DEPLOYMENT");

    /// <summary>Whether the storage account is locked against deletion.</summary>
    public bool IsStorageLocked => IsOn("DARKROOM_LOCK_STORAGE");

    /// <summary>Whether the deleted vault cannot be purged.</summary>
    public bool IsVaultProtected => AzdSwitch.Read(Given("DARKROOM_PURGE_PROTECTION")) is not false;

    /// <summary>Whether the token in the vault is to be replaced.</summary>
    public bool HasNewToken => Given("DARKROOM_NEW_TOKEN") is not null;

    /// <summary>A token from the environment, for a pipeline.</summary>
    public string? Token => Given("MODELSCOPE_API_TOKEN");

    /// <summary>The registration whose tokens the app requires; null without sign-in.</summary>
    public string? SignInClient => Given("DARKROOM_SIGN_IN_CLIENT_ID");

    public string Location => Required("AZURE_LOCATION");

    public string ResourceGroup => Required("AZURE_RESOURCE_GROUP");

    /// <summary>The vault; null before the first deployment of the resources.</summary>
    public string? Vault => Given("DARKROOM_KEY_VAULT");

    public string App => Required("DARKROOM_APP");

    /// <summary>The address of the app; null before the first deployment of the resources.</summary>
    public Uri? Url => Given("DARKROOM_URL") is { } url ? new Uri($"{url.TrimEnd('/')}/") : null;

    /// <summary>The storage account with the pictures; null before the first deployment of the resources.</summary>
    public string? StorageAccount => Given("DARKROOM_STORAGE_ACCOUNT");

    public string RequiredSubscription => Required("AZURE_SUBSCRIPTION_ID");

    private bool IsOn(string name) => AzdSwitch.Read(Given(name)) is true;

    private string Required(string name) => Given(name) ?? throw CommandException.Usage(AzureWords.NotFromAzd.With(name));

    private string? Given(string name) => variable(name) is { Length: > 0 } value ? value : null;
}
