using System.Net;
using Darkroom.ModelScope.Requests;
using Darkroom.ModelScope.Wire;

namespace Darkroom.ModelScope.Pictures;

/// <summary>
/// Opens connections to picture hosts. A host that is allowed only as a subdomain (<c>*.domain</c>) must have public addresses: a name in a
/// large domain may point into the network of this machine.
/// </summary>
internal sealed class PictureConnections(PictureRules rules, CheckedConnections connections)
{
    // Proxies that take over the whole network of a machine answer every name from this range, which nothing else uses. With https the
    // certificate still shows that the right host answers.
    private static readonly IPNetwork LocalProxies = IPNetwork.Parse("198.18.0.0/15");

    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var link = context.InitialRequestMessage.RequestUri!;
        var mayBePrivate = rules.Names(link) || IsProxy(context.DnsEndPoint, link);
        var addresses = await connections.AddressesAsync(
            context.DnsEndPoint.Host, address => mayBePrivate || IsAllowed(address, link.Scheme), cancellation)
                ?? throw new PrivateHostException();
        return await connections.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellation);
    }

    private static bool IsAllowed(IPAddress address, string scheme) =>
        !PrivateNetworks.Contains(address) || (scheme == Uri.UriSchemeHttps && LocalProxies.Contains(address));

    // The operator chose the proxy. The proxy resolves the name of the picture's host.
    private static bool IsProxy(DnsEndPoint to, Uri link) =>
        HttpClient.DefaultProxy.GetProxy(link) is { } proxy
            && proxy.IdnHost.Trim('[', ']').Equals(to.Host.Trim('[', ']'), StringComparison.OrdinalIgnoreCase) && proxy.Port == to.Port;
}

/// <summary>The host of a picture has a private address. The message does not contain the address.</summary>
internal sealed class PrivateHostException()
    : IOException("The picture's host has a private address. Only a host that is listed by its full name may have one.");
