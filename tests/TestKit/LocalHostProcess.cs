using System.Diagnostics;
using System.Globalization;

namespace Darkroom.TestKit;

/// <summary>A function app on LocalHost. Host and worker run in their own processes.</summary>
public sealed class LocalHostProcess : IDisposable
{
    private const string ReadyPrefix = "Ready: ";
    private const string WorkerPrefix = "Worker: process ";

    private readonly Process _host;
    private readonly List<string> _output = [];
    private readonly TaskCompletionSource<Uri> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile int _workerId;

    private LocalHostProcess(ProcessStartInfo start)
    {
        _host = new Process { StartInfo = start, EnableRaisingEvents = true };
        _host.OutputDataReceived += (_, line) => Take(line.Data);
        _host.ErrorDataReceived += (_, line) => Take(line.Data);
        _host.Start();
        _host.BeginOutputReadLine();
        _host.BeginErrorReadLine();
        Ended = WaitAsync();
    }

    /// <summary>Completes with the exit code when the process has ended and all its output is read.</summary>
    public Task<int> Ended { get; }

    /// <summary>Completes with the address when the host is ready. Fails with the output if the host ends before.</summary>
    public Task<Uri> Ready => _ready.Task;

    /// <summary>The output of host and worker so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return string.Join('\n', _output);
        }
    }

    /// <summary>The worker that was started last.</summary>
    public Process Worker => Process.GetProcessById(_workerId);

    /// <summary>The current memory of host and worker.</summary>
    public long Memory
    {
        get
        {
            _host.Refresh();
            using var worker = Worker;
            return _host.WorkingSet64 + worker.WorkingSet64;
        }
    }

    /// <summary>The sum of the peak memory of host and worker.</summary>
    public long PeakMemory
    {
        get
        {
            _host.Refresh();
            using var worker = Worker;
            return _host.PeakWorkingSet64 + worker.PeakWorkingSet64;
        }
    }

    /// <summary>The processor time of host and worker so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _host.Refresh();
            using var worker = Worker;
            return _host.TotalProcessorTime + worker.TotalProcessorTime;
        }
    }

    /// <summary>Starts the host, and returns when it is ready.</summary>
    public static async Task<LocalHostProcess> StartAsync(
        string appFolder, IReadOnlyDictionary<string, string> settings, params string[] options)
    {
        var process = Begin(appFolder, settings, options);
        await process.Ready;
        return process;
    }

    /// <summary>Starts the host without waiting.</summary>
    public static LocalHostProcess Begin(string appFolder, IReadOnlyDictionary<string, string> settings, params string[] options)
    {
        ArgumentNullException.ThrowIfNull(settings);
        string[] arguments = [BuiltApps.LocalHost, appFolder, .. options.Contains("--port") ? (string[])[] : ["--port", "0"], .. options];
        var start = new ProcessStartInfo(
            "dotnet", arguments)
        { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        // Each app of a test lives for a minute or two: too short for the profiles of the compiler to pay.
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        return new LocalHostProcess(start);
    }

    /// <summary>Sends SIGTERM to the host, and waits until it has ended.</summary>
    public async Task<int> StopAsync()
    {
        using var signal = Process.Start("kill", ["-TERM", _host.Id.ToString(CultureInfo.InvariantCulture)]);
        return await Ended;
    }

    /// <summary>Ends the host with SIGKILL, so it cannot clean up. The worker's startup hook ends the worker.</summary>
    public void KillHost()
    {
        if (!_host.HasExited)
            _host.Kill();
        _host.WaitForExit();
    }

    /// <summary>Ends the worker with SIGKILL; the host starts another.</summary>
    public void KillWorker()
    {
        try
        {
            using var worker = Worker;
            worker.Kill();
        }
        catch (ArgumentException)
        {
            // The worker has already ended.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        KillHost();
        _host.Dispose();
    }

    private async Task<int> WaitAsync()
    {
        await _host.WaitForExitAsync();
        _ready.TrySetException(new InvalidOperationException($"The host ended before it was ready:\n{Output}"));
        return _host.ExitCode;
    }

    private void Take(string? line)
    {
        if (line is null)
            return;
        lock (_output)
            _output.Add(line);
        if (line.StartsWith(WorkerPrefix, StringComparison.Ordinal))
            _workerId = int.Parse(line[WorkerPrefix.Length..], CultureInfo.InvariantCulture);
        else if (line.StartsWith(ReadyPrefix, StringComparison.Ordinal))
            _ready.TrySetResult(new Uri(line[ReadyPrefix.Length..] + "/"));
    }
}
