using System.ComponentModel;
using System.Diagnostics;

namespace Darkroom.Cli.Up;

/// <summary>Opens a page in the user's browser.</summary>
internal static class Browser
{
    /// <summary>How the page is opened on this system.</summary>
    public static ProcessStartInfo Plan(string page)
    {
        if (OperatingSystem.IsWindows())
            return new ProcessStartInfo(page) { UseShellExecute = true };
        return new ProcessStartInfo(OperatingSystem.IsMacOS() ? "open" : "xdg-open", [page])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }

    /// <summary>Whether the browser was started. A machine without a desktop has none.</summary>
    public static bool Open(string page)
    {
        try
        {
            using var process = Process.Start(Plan(page));
            return true;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
