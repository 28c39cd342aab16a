using System.ComponentModel;
using System.Diagnostics;
using Darkroom.LocalHost.App;

namespace Darkroom.LocalHost.Worker;

/// <summary>The app's own process.</summary>
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

    /// <summary>What it ended with.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>The last lines it printed, indented.</summary>
    public string LastLines
    {
        get
        {
            lock (_lastLines)
                return string.Concat(_lastLines.Select(line => $"{Environment.NewLine}  {line}"));
        }
    }

    /// <summary>Starts the worker of an app.</summary>
    /// <exception cref="StartException">The program is not there.</exception>
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
        // Runs in the worker before its own code, and ends it when this process is gone, however that came about.
        var hooks = environment.TryGetValue("DOTNET_STARTUP_HOOKS", out var others) ? others : null;
        environment["DOTNET_STARTUP_HOOKS"] = string.IsNullOrEmpty(hooks)
            ? typeof(StartupHook).Assembly.Location
            : $"{hooks}{Path.PathSeparator}{typeof(StartupHook).Assembly.Location}";
        try
        {
            var process = Process.Start(start)!;
            // For who wants to attach a debugger.
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

    /// <summary>Waits for it to end by itself, and ends it when it does not.</summary>
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

    /// <summary>Ends it now: the host does not start after all, and what the worker says about that is of no use.</summary>
    public void Abandon()
    {
        _isQuiet = true;
        Kill();
    }

    /// <summary>Ends it now.</summary>
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
