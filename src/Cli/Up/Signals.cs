using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Darkroom.Cli.Up;

/// <summary>Sends SIGTERM, which .NET has no API for: Process.Kill always sends SIGKILL.</summary>
internal static partial class Signals
{
    private const int Terminate = 15;

    /// <summary>Asks a process to end, so that it can save its data.</summary>
    public static void AskToEnd(int processId)
    {
        if (OperatingSystem.IsWindows())
            Kill(processId);
        else
            _ = SendSignal(processId, Terminate);
    }

    /// <summary>Ends a process at once.</summary>
    public static void Kill(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            process.Kill();
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // The process has already ended.
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int processId, int signal);
}
