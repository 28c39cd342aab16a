using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Darkroom.Cli.Up;

/// <summary>Asks processes to end, which .NET cannot: it only kills.</summary>
internal static partial class Signals
{
    private const int Terminate = 15;

    /// <summary>Asks a process to end, so that it can put away what it holds.</summary>
    public static void AskToEnd(int processId)
    {
        if (OperatingSystem.IsWindows())
            Kill(processId);
        else
            _ = SendSignal(processId, Terminate);
    }

    /// <summary>Ends a process, whatever it does.</summary>
    public static void Kill(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            process.Kill();
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It is gone already.
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int processId, int signal);
}
