using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Darkroom.TestKit;

namespace Darkroom.Cli.Tests.Terminal;

/// <summary>
/// The command in a process of its own, in a pipe or in a pseudo-terminal (<c>script</c> of util-linux). A terminal has one stream for
/// all output.
/// </summary>
internal sealed partial class CommandProcess : IDisposable
{
    // A command that waits for what never comes must not stop the whole suite.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly StringBuilder _all = new();
    private readonly StringBuilder _out = new();
    private readonly Task _reading;

    private CommandProcess(ProcessStartInfo start)
    {
        _process = Process.Start(start)!;
        _reading = Task.WhenAll(ReadAsync(_process.StandardOutput, _out), ReadAsync(_process.StandardError, new StringBuilder()));
    }

    /// <summary>Standard output, or everything in a terminal.</summary>
    public string Out
    {
        get
        {
            lock (_all)
                return $"{_out}";
        }
    }

    /// <summary>Everything so far, without terminal codes.</summary>
    public string Text
    {
        get
        {
            lock (_all)
                return TerminalCode.Replace($"{_all}", "").ReplaceLineEndings("\n");
        }
    }

    public static CommandProcess Start(
        bool isTerminal, string folder, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? variables = null)
    {
        string[] command = ["dotnet", UpProcess.Program, .. arguments];
        var start = isTerminal
            ? new ProcessStartInfo(
                "script", ["-qefc", $"stty cols 120 rows 40; exec {string.Join(' ', command.Select(Quoted))}", "/dev/null"])
            : new ProcessStartInfo(command[0], command[1..]);
        start.WorkingDirectory = folder;
        start.UseShellExecute = false;
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.StandardOutputEncoding = start.StandardErrorEncoding = Encoding.UTF8;
        start.Environment["TERM"] = "xterm-256color";
        foreach (var name in new[] { "LC_ALL", "LC_MESSAGES", "LANG", "DARKROOM_LANG", "DARKROOM_URL", "DARKROOM_KEY", "NO_COLOR", "CI" })
            start.Environment.Remove(name);
        foreach (var (name, value) in variables ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return new CommandProcess(start);
    }

    /// <summary>Runs the command to its end, without input.</summary>
    public static async Task<(int Code, string Text, string Out)> RunAsync(
        bool isTerminal, string folder, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? variables = null)
    {
        using var process = Start(isTerminal, folder, arguments, variables);
        process._process.StandardInput.Close();
        return (await process.EndAsync(), process.Text, process.Out);
    }

    /// <summary>Waits until the output contains a text, or the command has ended.</summary>
    public async Task SaysAsync(string text)
    {
        while (!Text.Contains(text, StringComparison.Ordinal) && !_reading.IsCompleted)
            await Task.WhenAny(_reading, Task.Delay(TimeSpan.FromMilliseconds(20)));
    }

    /// <summary>Closes standard input, which a terminal does not notice.</summary>
    public void CloseInput() => _process.StandardInput.Close();

    /// <summary>Presses Ctrl-C in the terminal.</summary>
    public void Interrupt()
    {
        _process.StandardInput.Write('\u0003');
        _process.StandardInput.Flush();
    }

    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Limit);
        await _reading.WaitAsync(Limit);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private static string Quoted(string argument) => $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private async Task ReadAsync(StreamReader from, StringBuilder to)
    {
        var block = new char[4096];
        while (await from.ReadAsync(block) is var read && read > 0)
        {
            lock (_all)
            {
                _all.Append(block, 0, read);
                to.Append(block, 0, read);
            }
        }
    }

    [GeneratedRegex(@"\x1b\[[0-9;?]*[A-Za-z]", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex TerminalCode { get; }
}
