using System.Diagnostics;

namespace Darkroom.LocalHost.Tests.Crash;

/// <summary>The app that is there to be killed, in a process of its own.</summary>
internal sealed class CrashApp : IDisposable
{
    private readonly Process _process;

    private CrashApp(Process process, HttpClient http)
    {
        _process = process;
        Http = http;
    }

    public HttpClient Http { get; }

    public static async Task<CrashApp> StartAsync(string state)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Darkroom.CrashApp.dll");
        var start = new ProcessStartInfo("dotnet", [program, "--port=0", $"--state={state}"]) { RedirectStandardOutput = true, UseShellExecute = false };
        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith("Ready: ", StringComparison.Ordinal))
                continue;
            // Whatever it writes from here on is not wanted, but has to go somewhere.
            _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
            return new CrashApp(process, new HttpClient { BaseAddress = new Uri(line["Ready: ".Length..] + "/") });
        }

        throw new InvalidOperationException("The app did not get ready.");
    }

    /// <summary>Lets real time pass, because what is killed is a real process.</summary>
    public async Task LiveForAsync(TimeSpan time)
    {
        using var enough = new CancellationTokenSource(time);
        try
        {
            await _process.WaitForExitAsync(enough.Token);
        }
        catch (OperationCanceledException)
        {
            // It lived that long.
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
        Http.Dispose();
    }
}
