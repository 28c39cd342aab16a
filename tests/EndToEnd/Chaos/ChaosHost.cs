using Darkroom.TestKit;

namespace Darkroom.EndToEnd.Chaos;

/// <summary>One of the hosts that share a storage. When it has ended, it is started again, as a platform would do.</summary>
internal sealed class ChaosHost(string name, IReadOnlyDictionary<string, string> settings, ChaosReport report) : IAsyncDisposable
{
    private static readonly TimeSpan LongestRequest = TimeSpan.FromMinutes(2);

    private readonly CancellationTokenSource _stopped = new();
    private readonly List<string> _logs = [];
    private Task _running = Task.CompletedTask;
    private volatile LocalHostProcess? _process;
    private volatile HttpClient? _http;

    /// <summary>The client of the host; null while it does not run.</summary>
    public HttpClient? Http => _http;

    /// <summary>The output of all its processes.</summary>
    public IReadOnlyList<string> Logs => [.. _logs, _process?.Output ?? ""];

    public void Start() => _running = RunAsync();

    /// <summary>Kills the worker; the host starts another.</summary>
    public void KillWorker() => _process?.KillWorker();

    /// <summary>Kills the host. Its worker ends by itself.</summary>
    public void KillHost()
    {
        _http = null;
        _process?.KillHost();
    }

    /// <summary>Kills both at the same time.</summary>
    public void KillBoth()
    {
        _http = null;
        _process?.KillWorker();
        _process?.KillHost();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        KillHost();
        await _running;
        _stopped.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stopped.IsCancellationRequested)
        {
            using var process = LocalHostProcess.Begin(BuiltApps.Functions, settings, "--instance", name);
            _process = process;
            try
            {
                using var http = new HttpClient(new ContractWatch(new LeakWatch()))
                {
                    BaseAddress = await process.Ready,
                    Timeout = LongestRequest,
                };
                report.Count("starts of a host");
                _http = http;
                await process.Ended;
                _http = null;
            }
            catch (InvalidOperationException)
            {
                // It was killed during its start, or storage did not answer.
                report.Count("starts that failed");
            }

            _logs.Add(process.Output);
        }
    }
}
