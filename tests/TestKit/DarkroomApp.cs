using System.Diagnostics;

namespace Darkroom.TestKit;

/// <summary>The function app in a process of its own, as it is started by <c>./darkroom up</c>.</summary>
public sealed class DarkroomApp : IDisposable
{
    private readonly Process _process;
    private readonly List<string> _output;

    private DarkroomApp(Process process, Uri url, List<string> output)
    {
        _process = process;
        _output = output;
        Url = url;
    }

    /// <summary>Where it answers.</summary>
    public Uri Url { get; }

    /// <summary>Everything it printed so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return string.Join('\n', _output);
        }
    }

    /// <summary>The most memory it ever had.</summary>
    public long PeakMemory
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    /// <summary>How much memory it takes now.</summary>
    public long Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>The processor time it took so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts it, and comes back when it is ready for a request.</summary>
    public static async Task<DarkroomApp> StartAsync(string state, IReadOnlyDictionary<string, string> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var program = Path.Combine(AppContext.BaseDirectory, "Darkroom.Functions.dll");
        var start = new ProcessStartInfo("dotnet", [program, "--port=0", $"--state={state}"]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;

        var process = Process.Start(start)!;
        var output = new List<string>();
        var ready = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException($"The app ended before it was ready:\n{string.Join('\n', output)}"));
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new DarkroomApp(process, await ready.Task, output);

        void Take(string? line)
        {
            if (line is null)
                return;
            lock (output)
                output.Add(line);
            if (line.StartsWith("Ready: ", StringComparison.Ordinal))
                ready.TrySetResult(new Uri(line["Ready: ".Length..] + "/"));
        }
    }

    /// <summary>With SIGKILL: nothing is cleaned up.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }
}
