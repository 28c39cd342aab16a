using System.Diagnostics;

namespace Darkroom.Cli.Up;

/// <summary>
/// Starts a program so that it cannot outlive this process, however this process ends. A shell holds the reading end of a pipe whose
/// writing end only we have, leaves a small watcher behind, and becomes the program: same process id, no process between. When the pipe
/// closes without a word, the watcher asks the program to end, and kills it ten seconds later; one that has ended and that nobody has
/// buried yet (Z) is left in peace. A session of its own keeps Ctrl-C in the terminal from reaching the program before us: we end the
/// programs one after the other.
/// </summary>
internal static class Watchdog
{
    private const string Script = """
        exec 3<&0 </dev/null
        ( (
          read -r word <&3 && exit
          kill -TERM $$ || exit
          tries=0
          while [ $tries -lt 100 ]; do
            sleep 0.1
            kill -0 $$ || exit
            case $(cat /proc/$$/stat) in *") Z "*) exit ;; esac
            tries=$((tries + 1))
          done
          kill -KILL $$
        ) >/dev/null 2>&1 & )
        exec "$@" 3<&-
        """;

    private static readonly bool HasSessions = IsOnPath("setsid");

    /// <summary>How to start <paramref name="command"/> watched.</summary>
    public static ProcessStartInfo Plan(IReadOnlyList<string> command)
    {
        string[] watched = OperatingSystem.IsWindows()
            ? [.. command]
            : [.. HasSessions ? ["setsid"] : Array.Empty<string>(), "sh", "-c", Script, "sh", .. command];
        return new ProcessStartInfo(
            watched[0],
            watched[1..]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true,
            RedirectStandardError = true };
    }

    /// <summary>Tells the watcher that its program has ended: the process id is somebody else's from now on.</summary>
    public static void Dismiss(Process process)
    {
        try
        {
            process.StandardInput.WriteLine();
            process.StandardInput.Dispose();
        }
        catch (IOException)
        {
            // The watcher is gone already.
        }
    }

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, program)));
}
