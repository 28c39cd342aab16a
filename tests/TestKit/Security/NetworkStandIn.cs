using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Darkroom.TestKit.Security;

/// <summary>
/// A name service and a network that only record. A name has the addresses that the test sets, in turn: the first lookup gets the first
/// answer, the second lookup the second, and later ones the last. Every connection is refused.
/// </summary>
public sealed class NetworkStandIn(params IPAddress[][] answers)
{
    private readonly ConcurrentQueue<IPEndPoint> _connections = [];
    private int _lookUps;

    /// <summary>How many names were looked up.</summary>
    public int LookUps => _lookUps;

    /// <summary>The addresses that somebody tried to connect to.</summary>
    public IReadOnlyCollection<IPEndPoint> Connections => _connections;

    /// <summary>Resolves a name.</summary>
    public Task<IPAddress[]> LookUpAsync(string host, CancellationToken cancellation) =>
        Task.FromResult(answers[Math.Min(Interlocked.Increment(ref _lookUps), answers.Length) - 1]);

    /// <summary>Records an attempt to connect, and refuses it.</summary>
    public Task<Stream> OpenAsync(IPEndPoint address, CancellationToken cancellation)
    {
        _connections.Enqueue(address);
        return Task.FromException<Stream>(new SocketException((int)SocketError.ConnectionRefused));
    }
}
