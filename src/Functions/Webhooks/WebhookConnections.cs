using System.Net;
using Darkroom.ModelScope.Wire;
using Darkroom.Requests;

namespace Darkroom.Webhooks;

/// <summary>Opens connections to receivers, and only to addresses that <see cref="WebhookRules"/> allow.</summary>
/// <param name="rules">Which addresses are allowed.</param>
/// <param name="connections">Resolves names and connects.</param>
public sealed class WebhookConnections(WebhookRules rules, CheckedConnections connections)
{
    /// <summary>Connects to the host of a request.</summary>
    /// <exception cref="RefusedAddressException">The host has an address that is not allowed.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var isHttps = context.InitialRequestMessage.RequestUri?.Scheme == Uri.UriSchemeHttps;
        return await connections.ConnectAsync(await AddressesAsync(host, isHttps, cancellation), port, cancellation);
    }

    /// <summary>The addresses of a host, all of which are allowed.</summary>
    /// <exception cref="RefusedAddressException">One of them is not.</exception>
    internal async Task<IReadOnlyList<IPAddress>> AddressesAsync(string host, bool isHttps, CancellationToken cancellation) =>
        await connections.AddressesAsync(host, address => rules.Allows(address, isHttps), cancellation)
            ?? throw new RefusedAddressException();
}

/// <summary>The host of a webhook has an address that is not allowed. The message does not contain the address.</summary>
public sealed class RefusedAddressException()
    : IOException("The host has an address that webhooks may not reach: it is private, and not in Darkroom__WebhookAllowedNetworks, or "
        + "http is not allowed to it.");
