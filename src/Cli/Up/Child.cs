using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using System.Threading.Channels;

namespace Darkroom.Cli.Up;

/// <summary>A started program. Its output goes to a log file. Stopping it sends SIGTERM, and SIGKILL after a grace period.</summary>
internal sealed class Child : IAsyncDisposable
{
    private const int LinesToTell = 12;

    // Lines are read from the channel only during the start. After that it drops the oldest.
    private const int LinesToHear = 500;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly Lock _writing = new();
    private readonly Channel<string> _lines = Channel.CreateBounded<string>(
        new BoundedChannelOptions(LinesToHear) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly Queue<string> _last = [];
    private readonly Process _process;
    private readonly Action<string> _echo;
    private readonly StreamWriter _log;

    private Child(ChildPlan plan, Process process, StreamWriter log)
    {
        (Name, CommandLine, _process, _echo, _log) = (plan.Name, string.Join(' ', plan.Command), process, plan.Echo, log);
        ProcessId = process.Id;
        Ended = WaitAsync();
    }

    public string Name { get; }

    public string CommandLine { get; }

    public int ProcessId { get; }

    /// <summary>Completes when the program has ended and all its output is read. Never fails.</summary>
    public Task Ended { get; }

    public static Child Start(ChildPlan plan)
    {
        var start = Watchdog.Plan(plan.Command);
        start.WorkingDirectory = plan.WorkingDirectory;
        foreach (var (name, value) in plan.Environment)
            start.Environment[name] = value;
        var log = new StreamWriter(plan.LogFile, append: false) { AutoFlush = true };
        try
        {
            return new Child(plan, Process.Start(start)!, log);
        }
        catch (Win32Exception exception)
        {
            log.Dispose();
            throw CommandException.Failed(UpWords.CannotStart.With(plan.Name, exception.Message), exception);
        }
    }

    /// <summary>Waits for the next line that matches.</summary>
    /// <exception cref="CommandException">The program ended before such a line.</exception>
    public async Task<Match> LineAsync(Regex wanted, CancellationToken cancellation)
    {
        while (await _lines.Reader.WaitToReadAsync(cancellation))
        {
            if (_lines.Reader.TryRead(out var line) && wanted.Match(line) is { Success: true } match)
                return match;
        }

        throw Failure();
    }

    /// <summary>The error for a program that ended: its exit code and its last lines.</summary>
    public CommandException Failure()
    {
        lock (_writing)
            return CommandException.Failed(
                UpWords.ProgramEnded.With(Name, _process.ExitCode)
                    + string.Concat(_last.Select(line => $"{Environment.NewLine}  {line}")));
    }

    /// <summary>Asks the program to end. Kills it if it has not ended after the grace period.</summary>
    public async Task StopAsync()
    {
        if (Ended.IsCompleted)
            return;
        Signals.AskToEnd(ProcessId);
        try
        {
            await Ended.WaitAsync(Grace);
        }
        catch (TimeoutException)
        {
            Signals.Kill(ProcessId);
            await Ended;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process.Dispose();
        await _log.DisposeAsync();
    }

    private async Task WaitAsync()
    {
        await Task.WhenAll(ReadAsync(_process.StandardOutput), ReadAsync(_process.StandardError), _process.WaitForExitAsync());
        Watchdog.Dismiss(_process);
        _lines.Writer.Complete();
    }

    private async Task ReadAsync(StreamReader from)
    {
        while (await from.ReadLineAsync() is { } line)
        {
            lock (_writing)
            {
                _log.WriteLine(line);
                _last.Enqueue(line);
                if (_last.Count > LinesToTell)
                    _last.Dequeue();
            }

            _echo(line);
            _lines.Writer.TryWrite(line);
        }
    }
}
