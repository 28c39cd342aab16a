using System.Diagnostics;

namespace Darkroom.Cli.Up;

/// <summary>
/// Starts a program so that it cannot outlive this process, even if this process is killed (not on Windows).
/// </summary>
/// <remarks>
/// A shell gets the read end of a pipe; only this process has the write end. The shell starts a small watcher in the background, and then
/// replaces itself with the program (exec), so the process id stays the same. If the pipe closes and no line was written, the watcher
/// sends SIGTERM to the program, and SIGKILL ten seconds later. A program that has already ended and is a zombie (state Z) is not killed.
/// setsid starts the program in its own session, because Ctrl-C in the terminal would otherwise reach all programs at once. This process
/// stops them one after the other.
/// </remarks>
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
            if [ -r /proc/$$/stat ]; then state=$(cat /proc/$$/stat); else state=") $(ps -o stat= -p $$) "; fi
            case $state in *") Z"*) exit ;; esac
            tries=$((tries + 1))
          done
          kill -KILL $$
        ) >/dev/null 2>&1 & )
        exec "$@" 3<&-
        """;

    private static readonly bool HasSessions = IsOnPath("setsid");

    /// <summary>How to start <paramref name="command"/> with a watcher.</summary>
    public static ProcessStartInfo Plan(IReadOnlyList<string> command)
    {
        string[] watched = OperatingSystem.IsWindows()
            ? [.. command]
            : [.. HasSessions ? ["setsid"] : Array.Empty<string>(), "sh", "-c", Script, "sh", .. command];
        return new ProcessStartInfo(
            watched[0],
            watched[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
    }

    /// <summary>Ends the watcher after its program has ended, because the system can reuse the process id.</summary>
    public static void Dismiss(Process process)
    {
        try
        {
            process.StandardInput.WriteLine();
            process.StandardInput.Dispose();
        }
        catch (IOException)
        {
            // The watcher has already ended.
        }
    }

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, program)));
}
