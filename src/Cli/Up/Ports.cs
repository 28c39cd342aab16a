using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Darkroom.Cli.Up;

/// <summary>Which ports are free, and who holds those that are not.</summary>
internal static class Ports
{
    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>Whether nobody listens there; 0 is always free.</summary>
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

    /// <exception cref="CommandException">One of them is taken.</exception>
    public static void RequireFree(string option, string whatFor, params ReadOnlySpan<int> ports)
    {
        foreach (var port in ports)
        {
            if (port == 0 || IsFree(port))
                continue;
            var holder = HolderOf(port) is { } process ? $" by process {process}" : "";
            throw CommandException.Failed(
                $"Port {port}, for {whatFor}, is taken{holder}. Choose another with {option} N, or any free one with {option} 0.");
        }
    }

    /// <summary>The process that listens on a port, where the system tells; null when it does not.</summary>
    internal static int? HolderOf(int port)
    {
        try
        {
            var sockets = Tables.Where(File.Exists)
                .SelectMany(File.ReadLines)
                .Select(line => ListeningInode(line, port))
                .OfType<string>()
                .Select(inode => $"socket:[{inode}]")
                .ToHashSet(StringComparer.Ordinal);
            if (sockets.Count == 0)
                return null;
            var processes = Directory.EnumerateDirectories("/proc").Select(
                folder => int.TryParse(Path.GetFileName(folder), out var id) ? id : 0);
            return processes.FirstOrDefault(id => id > 0 && Holds(id, sockets)) is > 0 and var holder ? holder : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // sl local_address rem_address st … inode, with the port in hexadecimal and 0A for "listens".
    private static string? ListeningInode(string line, int port)
    {
        var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length > 9 && parts[3] == "0A"
            && int.TryParse(parts[1].Split(':')[^1], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var local)
            && local == port ? parts[9] : null;
    }

    private static bool Holds(int process, HashSet<string> sockets)
    {
        try
        {
            return Directory.EnumerateFiles($"/proc/{process}/fd").Any(
                file => new FileInfo(file).LinkTarget is { } target && sockets.Contains(target));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Somebody else's process, or one that is gone.
            return false;
        }
    }
}
