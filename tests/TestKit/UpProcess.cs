using System.Diagnostics;

namespace Darkroom.TestKit;

/// <summary>A <c>darkroom up</c> in its own process. It and the programs that it starts have a mark in their environment.</summary>
public sealed class UpProcess : IAsyncDisposable
{
    private const string MarkName = "DARKROOM_TEST_MARK";

    private readonly string _mark = Guid.NewGuid().ToString("N");
    private readonly List<string> _lines = [];
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Uri?> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process _process;
    private readonly Task _reading;

    private UpProcess(IEnumerable<string> program, IReadOnlyDictionary<string, string>? variables)
    {
        string[] command = [.. program];
        var start = new ProcessStartInfo(
            command[0], command[1..])
        { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[MarkName] = _mark;
        foreach (var (name, value) in variables ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _reading = Task.WhenAll(ReadAsync(_process.StandardOutput), ReadAsync(_process.StandardError));
    }

    /// <summary>The path of the darkroom command.</summary>
    public static string Program { get; } = Path.Combine(BuiltApps.Output("src/Cli"), "Darkroom.Cli.dll");

    public int Id => _process.Id;

    /// <summary>The output so far.</summary>
    public string Output
    {
        get
        {
            lock (_lines)
                return string.Join('\n', _lines);
        }
    }

    /// <summary>Starts with the simulator, on free ports unless one is given.</summary>
    public static UpProcess Start(string state, int port = 0, IReadOnlyDictionary<string, string>? variables = null) =>
        new(["dotnet", Program, "up", "--simulator", "--port", $"{port}", "--storage-port", "0", "--state", state], variables);

    /// <summary>Starts with the given upstream endpoint.</summary>
    public static UpProcess StartWith(Uri upstream, string state, IReadOnlyDictionary<string, string> variables) =>
        new(["dotnet", Program, "up", "--upstream", $"{upstream}", "--port", "0", "--storage-port", "0", "--state", state], variables);

    /// <summary>Starts like a background process of a shell script, with SIGINT ignored.</summary>
    public static UpProcess StartInBackground(string state) =>
        new(
            [
                "sh",
                "-c",
                "trap '' INT; exec \"$@\"",
                "sh",
                "dotnet",
                Program,
                "up",
                "--simulator",
                "--port",
                "0",
                "--storage-port",
                "0",
                "--state",
                state]
            ,
            variables: null);

    /// <summary>Completes after the first line of output.</summary>
    public Task BegunAsync() => _begun.Task;

    public async Task<Uri> ReadyAsync() => await _ready.Task ?? throw new InvalidOperationException($"up did not get ready:\n{Output}");

    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Ends only <c>up</c> itself, with SIGKILL. It cannot clean up.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Ends <c>up</c> and everything that it started, with SIGKILL, at once.</summary>
    public void KillEverything()
    {
        using var kill = Process.Start("kill", ["-KILL", .. Everything().Select(id => $"{id}")]);
        kill.WaitForExit();
    }

    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync();
        await _reading;
        return _process.ExitCode;
    }

    /// <summary>The process ids of <c>up</c>, the programs that it started, and their watchers.</summary>
    public IReadOnlyList<int> Everything() =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), out var id) ? id : 0)
            .Where(id => id > 0 && HasMark(id)),
    ];

    /// <summary>Waits until all these processes have ended.</summary>
    public async Task GoneAsync()
    {
        while (Everything() is { Count: > 0 } left)
        {
            foreach (var id in left)
                await GoneAsync(id);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            Signal("INT");
        await EndAsync();
        _process.Dispose();
    }

    private static async Task GoneAsync(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            await process.WaitForExitAsync();
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            // The process ended before the wait began.
        }
    }

    private bool HasMark(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/environ").Contains($"{MarkName}={_mark}", StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private async Task ReadAsync(StreamReader from)
    {
        const string ready = "Ready: ";
        while (await from.ReadLineAsync() is { } line)
        {
            lock (_lines)
                _lines.Add(line);
            _begun.TrySetResult();
            if (line.StartsWith(ready, StringComparison.Ordinal))
                _ready.TrySetResult(new Uri(line[ready.Length..]));
        }

        _begun.TrySetResult();
        _ready.TrySetResult(null);
    }
}
