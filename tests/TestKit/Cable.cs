using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Darkroom.TestKit;

/// <summary>
/// A TCP proxy to a service on this machine. After <see cref="Cut"/> open connections close, and new ones close at once.
/// </summary>
public sealed partial class Cable : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, bool> _ends = new();
    private readonly int _to;
    private volatile bool _isCut;

    private Cable(int to) => _to = to;

    /// <summary>The port of the proxy.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Starts a proxy to a port.</summary>
    public static Cable To(int port)
    {
        var cable = new Cable(port);
        cable._listener.Start();
        _ = cable.AcceptAsync();
        return cable;
    }

    /// <summary>Returns the connection string with each service behind a proxy.</summary>
    public static string InFrontOf(string connection, ICollection<Cable> cables) => PortOf.Replace(connection, port =>
    {
        var cable = To(int.Parse(port.Value));
        cables.Add(cable);
        return cable.Port.ToString();
    });

    public void Cut()
    {
        _isCut = true;
        foreach (var end in _ends.Keys)
            end.Dispose();
    }

    public void Mend() => _isCut = false;

    public void Dispose()
    {
        Cut();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = CarryAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception closed) when (closed is ObjectDisposedException or SocketException or InvalidOperationException)
        {
            // The listener has been disposed.
        }
    }

    private async Task CarryAsync(TcpClient near)
    {
        using var far = new TcpClient();
        _ends[near] = _ends[far] = true;
        try
        {
            if (_isCut)
                return;
            await far.ConnectAsync(IPAddress.Loopback, _to);
            var (there, back) = (near.GetStream().CopyToAsync(far.GetStream()), far.GetStream().CopyToAsync(near.GetStream()));
            await await Task.WhenAny(there, back);
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException or SocketException or InvalidOperationException)
        {
            // One side closed the connection, or the cable was cut.
        }
        finally
        {
            near.Dispose();
            _ends.TryRemove(near, out _);
            _ends.TryRemove(far, out _);
        }
    }

    [GeneratedRegex(@"(?<=http://127\.0\.0\.1:)\d+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PortOf { get; }
}
