using Darkroom.Cli.Tooling;

namespace Darkroom.Cli.Azure;

/// <summary>The vault with the secrets of a deployment.</summary>
internal sealed class Vault(string name, Deployment deployment, AzureCli azure, TimeProvider time, Action<string> say)
{
    // A new role is known everywhere after some minutes.
    private const int MaxTries = 20;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(15);

    /// <summary>The names of the secrets. It waits until a role that was just given is known.</summary>
    /// <exception cref="CommandException">The vault cannot be reached, and waiting would not help.</exception>
    public async Task<IReadOnlyCollection<string>> NamesAsync(CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            var list = await azure.RunAsync(
                cancellation, "keyvault", "secret", "list", "--vault-name", name, "--query", "[].name", "--output", "tsv");
            switch (VaultAnswer.Of(list))
            {
                case VaultAnswer.Secrets secrets:
                    return secrets.Names;
                case VaultAnswer.NotSignedIn:
                    throw CommandException.Failed(AzureWords.NotSignedIn);
                // A rule for an allowed address takes a moment too. The vault shows the address, so the two can be compared.
                case VaultAnswer.AddressRefused { PublicAddress: { } address } when !deployment.Allows(address):
                    throw CommandException.Failed(
                        AzureWords.VaultRefusesAddress.With(
                            name, address, string.Join(',', deployment.AllowedAddresses.Append($"{address}"))));
                case VaultAnswer.AddressRefused { PublicAddress: null } when deployment.AllowedAddresses.Count == 0:
                    throw CommandException.Failed(AzureWords.AddressNotAllowed);
                case var _ when tries >= MaxTries:
                    throw CommandException.Failed(AzureWords.VaultUnreachable.With(name, list.Output.Trim()));
            }

            if (tries == 1)
                say(AzureWords.WaitingForVault.With(name));
            await Task.Delay(BetweenTries, time, cancellation);
        }
    }

    /// <summary>Writes a secret. It is passed without an argument, because other users of the machine can see arguments.</summary>
    /// <exception cref="CommandException">The vault refuses it.</exception>
    public async Task WriteAsync(string secret, string value, CancellationToken cancellation)
    {
        var result = OperatingSystem.IsWindows()
            ? await WriteFromFileAsync(secret, value, cancellation)
            : await WriteFromAsync("/dev/stdin", value, secret, cancellation);
        if (!result.IsSuccess)
            throw CommandException.Failed(AzureWords.SecretNotWritten.With(secret, name, result.Output.Trim()));
    }

    // Windows has no name for the standard input. The folder for temporary files belongs to the user alone there.
    private async Task<ToolResult> WriteFromFileAsync(string secret, string value, CancellationToken cancellation)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, value, cancellation);
            return await WriteFromAsync(file, input: null, secret, cancellation);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private Task<ToolResult> WriteFromAsync(string file, string? input, string secret, CancellationToken cancellation) => azure.RunAsync(
        input, cancellation,
        "keyvault", "secret", "set", "--vault-name", name, "--name", secret, "--file", file, "--encoding", "utf-8", "--output", "none");
}
