using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Darkroom.Cli.Up;

/// <summary>Finds the process that listens on a port: in /proc, or with <c>lsof</c> (macOS) or <c>netstat</c> (Windows).</summary>
internal static class PortHolder
{
    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>The process; null if there is none, or if it cannot be found out.</summary>
    public static int? Of(int port)
    {
        if (OperatingSystem.IsWindows())
            return FromNetstat(OutputOf("netstat", "-ano", "-p", "TCP"), port);
        return File.Exists(Tables[0]) ? FromProc(port) : FromLsof(OutputOf("lsof", "-nP", "-t", $"-iTCP:{port}", "-sTCP:LISTEN"));
    }

    // lsof -t prints one process id a line.
    internal static int? FromLsof(string output) =>
        int.TryParse(output.Split('\n')[0].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var process) ? process : null;

    // Columns: protocol, local address, foreign address, state, process. The state is translated, but a listener has no foreign port.
    internal static int? FromNetstat(string output, int port)
    {
        var owners = from line in output.Split('\n')
                     let parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                     where parts.Length == 5 && parts[1].EndsWith($":{port}", StringComparison.Ordinal)
                        && parts[2].EndsWith(":0", StringComparison.Ordinal)
                     select int.TryParse(parts[4], NumberStyles.None, CultureInfo.InvariantCulture, out var process) ? process : (int?)null;
        return owners.FirstOrDefault(owner => owner is not null);
    }

    private static int? FromProc(int port)
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

    private static string OutputOf(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true })!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return output;
        }
        catch (Win32Exception)
        {
            // The program is not installed.
            return "";
        }
    }
}
