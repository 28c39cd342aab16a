using System.ComponentModel;
using System.Diagnostics;
using Darkroom.LocalHost.App;

namespace Darkroom.LocalHost.Worker;

/// <summary>The process of the app's worker.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private const int MaxLastLines = 12;
    private readonly Process _process;
    private volatile bool _isQuiet;
    private readonly Queue<string> _lastLines = [];

    private WorkerProcess(Process process)
    {
        _process = process;
        Ended = WaitAsync();
    }

    /// <summary>Completes when the process has ended and its output is read.</summary>
    public Task Ended { get; }

    /// <summary>The exit code, after the process has ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>The last lines of its output, indented.</summary>
    public string LastLines
    {
        get
        {
            lock (_lastLines)
                return string.Concat(_lastLines.Select(line => $"{Environment.NewLine}  {line}"));
        }
    }

    /// <exception cref="StartException">The program cannot be started.</exception>
    public static WorkerProcess Start(FunctionApp app, Uri server, string workerId)
    {
        string[] arguments =
        [
            Path.Combine(app.Folder, app.WorkerPath),
            "--host", server.Host, "--port", $"{server.Port}", "--workerId", workerId, "--requestId", workerId, "--grpcMaxMessageLength",
            $"{int.MaxValue}",
            "--functions-uri", server.AbsoluteUri, "--functions-worker-id", workerId, "--functions-request-id", workerId,
            "--functions-grpc-max-message-length", $"{int.MaxValue}",
        ];
        var start = new ProcessStartInfo(app.Executable, arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = app.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var environment = start.Environment;
        environment["FUNCTIONS_WORKER_DIRECTORY"] = environment["FUNCTIONS_APPLICATION_DIRECTORY"] = app.Folder;
        // StartupHook runs in the worker before the app's code. It ends the worker when this process has ended, even if it was killed.
        var hooks = environment.TryGetValue("DOTNET_STARTUP_HOOKS", out var others) ? others : null;
        environment["DOTNET_STARTUP_HOOKS"] = string.IsNullOrEmpty(hooks)
            ? typeof(StartupHook).Assembly.Location
            : $"{hooks}{Path.PathSeparator}{typeof(StartupHook).Assembly.Location}";
        try
        {
            var process = Process.Start(start)!;
            // The process id is needed to attach a debugger. The tests parse this line.
            Console.WriteLine($"Worker: process {process.Id}");
            return new WorkerProcess(process);
        }
        catch (Win32Exception exception)
        {
            throw new StartException(
                $"The worker cannot be started: {app.Executable} is not on the PATH. Install the .NET runtime that the app needs.",
                exception);
        }
    }

    /// <summary>Waits for the process to end, and kills it after the grace period.</summary>
    public async Task StopAsync(TimeSpan grace)
    {
        try
        {
            await Ended.WaitAsync(grace);
        }
        catch (TimeoutException)
        {
            Kill();
            await Ended;
        }
    }

    /// <summary>Kills the process and hides its output, because the start of the host has already failed for another reason.</summary>
    public void Abandon()
    {
        _isQuiet = true;
        Kill();
    }

    /// <summary>Kills the process.</summary>
    public void Kill()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
    }

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();

    private async Task WaitAsync() =>
        await Task.WhenAll(
            ReadAsync(_process.StandardOutput, Console.Out), ReadAsync(_process.StandardError, Console.Error), _process.WaitForExitAsync());

    private async Task ReadAsync(StreamReader from, TextWriter to)
    {
        while (await from.ReadLineAsync() is { } line)
        {
            lock (_lastLines)
            {
                _lastLines.Enqueue(line);
                if (_lastLines.Count > MaxLastLines)
                    _lastLines.Dequeue();
            }

            if (!_isQuiet)
                await to.WriteLineAsync(line);
        }
    }
}
