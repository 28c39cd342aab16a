using System.Diagnostics;
using Darkroom.Simulator;
using Darkroom.TestKit;

namespace Darkroom.Bench;

/// <summary>The app in a process of its own, with storage and an upstream that is instant.</summary>
internal sealed class MeasuredApp : IAsyncDisposable
{
    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory("darkroom-bench-");
    private readonly Process _process;
    private readonly SimulatedModelScope _upstream;

    private MeasuredApp(SimulatedModelScope upstream, string storage)
    {
        _upstream = upstream;
        var program = Path.Combine(Repository.Root, "src", "Functions.Local", "bin", "Release", "net10.0", "Darkroom.Functions.dll");
        var start = new ProcessStartInfo("dotnet", [program, "--port=0", $"--state={_state.FullName}"]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["AzureWebJobsStorage"] = storage;
        start.Environment["MODELSCOPE_API_TOKEN"] = "none";
        start.Environment["MODELSCOPE_INFER_BASE"] = upstream.ApiUrl.AbsoluteUri;
        start.Environment["MODELSCOPE_IMAGE_POLL_INTERVAL"] = "0.05";
        start.Environment["Darkroom__PictureHosts"] = upstream.PictureHost;
        start.Environment["Darkroom__AllowHttpPictures"] = "true";
        start.Environment["Darkroom__Slots"] = "16";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
    }

    public HttpClient Http { get; private set; } = null!;

    public TimeSpan Processor
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public long Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public static async Task<MeasuredApp> StartAsync()
    {
        var upstream = await SimulatedModelScope.StartAsync(new SimulatorOptions { Settings = new SimulatorSettings { Speed = 0, Slots = 64 } });
        var app = new MeasuredApp(upstream, (await Azurite.SharedAsync()).ConnectionString);
        while (await app._process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith("Ready: ", StringComparison.Ordinal))
                continue;
            app.Http = new HttpClient { BaseAddress = new Uri(line["Ready: ".Length..] + "/"), Timeout = TimeSpan.FromMinutes(3) };
            // What it goes on to say must be read, or it waits for somebody to read it.
            _ = app._process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
            return app;
        }

        throw new InvalidOperationException("The app did not start.");
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        await _upstream.DisposeAsync();
        _state.Delete(recursive: true);
    }
}
