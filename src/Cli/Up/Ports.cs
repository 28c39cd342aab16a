using System.Net;
using System.Net.Sockets;

namespace Darkroom.Cli.Up;

/// <summary>Checks whether ports are free.</summary>
internal static class Ports
{
    /// <summary>Whether the port is free. 0 is always free.</summary>
    public static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <exception cref="CommandException">A port is in use.</exception>
    public static void RequireFree(string option, string whatFor, params ReadOnlySpan<int> ports)
    {
        foreach (var port in ports)
        {
            if (port == 0 || IsFree(port))
                continue;
            var holder = PortHolder.Of(port) is { } process ? UpWords.ByProcess.With(process) : "";
            throw CommandException.Failed(UpWords.PortTaken.With(port, whatFor, holder, option));
        }
    }
}
