using System.Net;
using System.Net.Sockets;
using Darkroom.ModelScope.Requests;

namespace Darkroom.ModelScope.Wire;

/// <summary>
/// Opens connections only to allowed addresses. A name is resolved once, every address is checked, and the connection goes to exactly such
/// an address: a second lookup could give another one. TLS still checks the certificate against the name.
/// </summary>
/// <param name="lookUp">Resolves a name.</param>
/// <param name="open">Connects to an address.</param>
public sealed class CheckedConnections(
    Func<string, CancellationToken, Task<IPAddress[]>> lookUp, Func<IPEndPoint, CancellationToken, Task<Stream>> open)
{
    private static readonly TimeSpan LongestConnect = TimeSpan.FromSeconds(10);

    /// <summary>The name service and the network of this machine.</summary>
    public static CheckedConnections OfThisMachine { get; } = new(Dns.GetHostAddressesAsync, OpenAsync);

    /// <summary>The addresses of a host; null if it has none, or one that is not allowed.</summary>
    public async Task<IReadOnlyList<IPAddress>?> AddressesAsync(
        string host, Func<IPAddress, bool> allows, CancellationToken cancellation)
    {
        var literals = HostRules.Literals(host);
        // localhost is not looked up. It has two addresses, and it is enough that one of them is allowed.
        IReadOnlyList<IPAddress> addresses = literals.Count > 0
            ? [.. literals.Where(allows)]
            : await lookUp(host, cancellation);
        return addresses.Count > 0 && addresses.All(allows) ? addresses : null;
    }

    /// <summary>Connects to the first of the addresses that can be reached.</summary>
    public async Task<Stream> ConnectAsync(IReadOnlyList<IPAddress> addresses, int port, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        for (var at = 0; ; at++)
        {
            try
            {
                return await open(new IPEndPoint(addresses[at], port), cancellation);
            }
            catch (SocketException) when (at + 1 < addresses.Count)
            {
                // The next address of the host is tried.
            }
        }
    }

    /// <summary>Connects to an address; gives up after 10 s.</summary>
    public static async Task<Stream> OpenAsync(IPEndPoint address, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(address);
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
