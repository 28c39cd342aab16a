using System.Diagnostics;
using Darkroom.TestKit;

namespace Darkroom.Functions.Tests.EndToEnd;

/// <summary>The function app in a process of its own, as it is started by <c>./darkroom up</c>.</summary>
internal sealed class DarkroomApp : IDisposable
{
    private readonly Process _process;
    private readonly List<string> _output;

    private DarkroomApp(Process process, Uri url, List<string> output)
    {
        _process = process;
        _output = output;
        Url = url;
    }

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

    public static async Task<DarkroomApp> StartAsync(string state, IReadOnlyDictionary<string, string> settings)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Darkroom.Functions.dll");
        var start = new ProcessStartInfo("dotnet", [program, "--port=0", $"--state={state}"]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["AzureWebJobsStorage"] = (await Azurite.SharedAsync()).ConnectionString;
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

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }
}
