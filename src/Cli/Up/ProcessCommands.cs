using System.Diagnostics;

namespace Darkroom.Cli.Up;

/// <summary>Reads the command line of a process: from /proc, or with <c>ps</c> on systems without it. Windows has neither.</summary>
internal static class ProcessCommands
{
    private static readonly bool HasProc = Directory.Exists("/proc/self");

    /// <summary>The command line; empty for a process that has ended or is a zombie, or if it cannot be read.</summary>
    public static string Of(int process) => HasProc ? FromProc(process) : FromPs(process);

    public static string OnOneLine(string commandLine) => commandLine.Replace('\n', ' ').Trim();

    private static string FromProc(int process)
    {
        try
        {
            return OnOneLine(File.ReadAllText($"/proc/{process}/cmdline").Replace('\0', ' '));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    internal static string FromPs(int process)
    {
        if (OperatingSystem.IsWindows())
            return "";
        using var ps = Process.Start(
            new ProcessStartInfo("ps", ["-o", "stat=,command=", "-ww", "-p", $"{process}"])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
            })!;
        var parts = ps.StandardOutput.ReadToEnd().Trim().Split(' ', 2);
        ps.WaitForExit();
        return parts.Length < 2 || parts[0].StartsWith('Z') ? "" : OnOneLine(parts[1]);
    }
}
