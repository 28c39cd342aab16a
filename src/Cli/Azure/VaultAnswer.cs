using System.Net;
using System.Text.RegularExpressions;
using Darkroom.Cli.Tooling;

namespace Darkroom.Cli.Azure;

/// <summary>What the list of the vault's secrets says: their names, or why it cannot be read.</summary>
internal abstract partial record VaultAnswer
{
    public static VaultAnswer Of(ToolResult list)
    {
        if (list.IsSuccess)
            return new Secrets(list.Answer.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        var text = list.Output;
        if (text.Contains("az login", StringComparison.Ordinal))
            return new NotSignedIn();
        // The vault names the caller's address as it sees it.
        if (Address.Match(text) is { Success: true } match && IPAddress.TryParse(match.Groups["address"].Value, out var address))
            return new AddressRefused(address);
        return text.Contains("Public network access is disabled", StringComparison.Ordinal) ? new AddressRefused(null) : new NotYet();
    }

    /// <summary>The names of the secrets.</summary>
    public sealed record Secrets(IReadOnlyCollection<string> Names) : VaultAnswer;

    public sealed record NotSignedIn : VaultAnswer;

    /// <summary>The firewall of the vault refuses this machine.</summary>
    /// <param name="PublicAddress">The address that the vault saw; null if it does not say.</param>
    public sealed record AddressRefused(IPAddress? PublicAddress) : VaultAnswer;

    /// <summary>The role or the name of a new vault is not known everywhere yet, or the network failed.</summary>
    public sealed record NotYet : VaultAnswer;

    [GeneratedRegex(@"Client address:\s*(?<address>[0-9A-Fa-f.:]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address { get; }
}
