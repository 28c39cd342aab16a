using System.Net;
using System.Net.Sockets;
using Darkroom.ModelScope.Requests;
using Darkroom.Requests;

namespace Darkroom.Webhooks;

/// <summary>
/// Opens connections to receivers. A name is resolved once, every address is checked, and the connection goes to exactly such an address:
/// a second lookup could give another one. TLS still checks the certificate against the name.
/// </summary>
/// <param name="rules">Which addresses are allowed.</param>
/// <param name="lookUp">Resolves a name.</param>
public sealed class WebhookConnections(WebhookRules rules, Func<string, CancellationToken, Task<IPAddress[]>> lookUp)
{
    private static readonly TimeSpan LongestConnect = TimeSpan.FromSeconds(5);

    /// <summary>Connects to the host of a request.</summary>
    /// <exception cref="RefusedAddressException">The host has an address that is not allowed.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var isHttps = context.InitialRequestMessage.RequestUri?.Scheme == Uri.UriSchemeHttps;
        var addresses = await AddressesAsync(host, isHttps, cancellation);
        for (var at = 0; ; at++)
        {
            try
            {
                return await ConnectAsync(new IPEndPoint(addresses[at], port), cancellation);
            }
            catch (SocketException) when (at + 1 < addresses.Count)
            {
                // The next address of the host is tried.
            }
        }
    }

    /// <summary>The addresses of a host, all of which are allowed.</summary>
    /// <exception cref="RefusedAddressException">One of them is not.</exception>
    internal async Task<IReadOnlyList<IPAddress>> AddressesAsync(string host, bool isHttps, CancellationToken cancellation)
    {
        var literals = HostRules.Literals(host);
        // localhost is not looked up. It has two addresses, and it is enough that one of them is allowed.
        IReadOnlyList<IPAddress> addresses = literals.Count > 0
            ? [.. literals.Where(address => rules.Allows(address, isHttps))]
            : await lookUp(host, cancellation);
        return addresses.Count > 0 && addresses.All(address => rules.Allows(address, isHttps))
            ? addresses
            : throw new RefusedAddressException();
    }

    private static async Task<Stream> ConnectAsync(IPEndPoint address, CancellationToken cancellation)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(LongestConnect);
        try
        {
            await socket.ConnectAsync(address, limit.Token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            socket.Dispose();
            throw new SocketException((int)SocketError.TimedOut);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>The host of a webhook has an address that is not allowed. The message does not contain the address.</summary>
public sealed class RefusedAddressException()
    : IOException("The host has an address that webhooks may not reach: it is private, and not in Darkroom__WebhookAllowedNetworks, or "
        + "http is not allowed to it.");
