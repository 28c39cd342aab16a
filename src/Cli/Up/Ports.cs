using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Darkroom.Cli.Up;

/// <summary>Checks whether ports are free, and finds the process that uses one.</summary>
internal static class Ports
{
    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

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
            var holder = HolderOf(port) is { } process ? $" by process {process}" : "";
            throw CommandException.Failed(
                $"Port {port}, for {whatFor}, is taken{holder}. Choose another with {option} N, or any free one with {option} 0.");
        }
    }

    /// <summary>The process that listens on a port; null if it is unknown or the system has no /proc.</summary>
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

    // Columns: sl local_address rem_address st … inode. The port is hexadecimal, and state 0A is LISTEN.
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
            // The process belongs to another user, or has ended.
            return false;
        }
    }
}
