using Darkroom.LocalHost.App;
using Darkroom.LocalHost.Worker.Protocol;

namespace Darkroom.LocalHost.Worker;

/// <summary>
/// Keeps a worker running. A worker that ends is started again after a pause that doubles. If workers end five times in a row, the host
/// ends with an error.
/// </summary>
internal sealed class WorkerSupervisor(FunctionApp app, WorkerServer server, WorkerLog log, TimeProvider time) : IAsyncDisposable
{
    private const int MaxQuickDeaths = 5;
    private const int MaxStarts = 3;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongLife = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<StartException> _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private TaskCompletionSource<WorkerChannel> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IReadOnlyList<RpcFunctionMetadata> _functions = [];
    private WorkerProcess? _process;
    private WorkerChannel? _channel;
    private Task _watching = Task.CompletedTask;

    /// <summary>Completes with the reason when no further worker is started.</summary>
    public Task<StartException> Failed => _failed.Task;

    /// <summary>Starts the first worker, and gets the metadata of its functions.</summary>
    /// <exception cref="StartException">The worker ended, or did not answer.</exception>
    public async Task<IReadOnlyList<RpcFunctionMetadata>> StartAsync(CancellationToken cancellation)
    {
        for (var starts = 1; ; starts++)
        {
            try
            {
                return await StartOneAsync(cancellation);
            }
            catch (StartException exception) when (IsWorthAnotherStart(exception) && starts < MaxStarts)
            {
                Console.Error.WriteLine($"{exception.Message}{Environment.NewLine}The worker is started again.");
                _process!.Dispose();
            }
        }
    }

    // A worker that ends before it connects has a fault of its own. One that ends right after it did may have lost its HTTP port.
    private bool IsWorthAnotherStart(StartException exception) =>
        exception.InnerException is WorkerProcessExitException && _channel!.HasConnected;

    /// <summary>Loads these functions now and after each restart of the worker. From now on a worker that ends is started again.</summary>
    /// <returns>The functions that the worker cannot load, with the reasons.</returns>
    public async Task<IReadOnlyList<(string Function, string Reason)>> LoadAsync(
        IReadOnlyList<RpcFunctionMetadata> functions, CancellationToken cancellation)
    {
        _functions = functions;
        var failures = await LoadFirstAsync(cancellation);
        _ready.TrySetResult(_channel!);
        _watching = WatchAsync();
        return failures;
    }

    // A worker chooses its HTTP port before it opens it. If another program takes the port in between, the worker ends: start another one.
    private async Task<IReadOnlyList<(string Function, string Reason)>> LoadFirstAsync(CancellationToken cancellation)
    {
        for (var starts = 1; ; starts++)
        {
            try
            {
                return await LoadOneAsync(_channel!, cancellation);
            }
            catch (WorkerProcessExitException exception)
            {
                await _process!.Ended;
                var ended = EndedWhileItStarted(_process, exception);
                if (starts == MaxStarts)
                    throw ended;
                Console.Error.WriteLine($"{ended.Message}{Environment.NewLine}The worker is started again.");
                _process.Dispose();
                await StartAsync(cancellation);
            }
        }
    }

    private static StartException EndedWhileItStarted(WorkerProcess process, Exception cause) =>
        new($"The worker ended while it started (exit code {process.ExitCode}). Its last output:{process.LastLines}", cause);

    /// <summary>Returns the running worker. During a restart it waits for the new one.</summary>
    public async Task<WorkerChannel> ReadyAsync(CancellationToken cancellation)
    {
        while (true)
        {
            Task<WorkerChannel> ready;
            lock (_lock)
                ready = _ready.Task;
            var channel = await ready.WaitAsync(cancellation);
            if (!channel.IsClosed)
                return channel;
            // The worker has ended, and WatchAsync is about to notice it.
            await Task.Delay(BetweenLooks, time, cancellation);
        }
    }

    /// <summary>Stops the watching, so that a worker that ends from now on is not started again.</summary>
    public Task StopWatchingAsync() => _stop.CancelAsync();

    /// <summary>Kills the worker, because a function does not end. A new worker is started.</summary>
    public void Restart() => _process?.Kill();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_ready.Task.IsCompleted)
            _channel?.Terminate(Grace);
        else
            _process?.Abandon();
        if (_process is not null)
            await _process.StopAsync(Grace);
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _process?.Dispose();
        _stop.Dispose();
    }

    private async Task<IReadOnlyList<RpcFunctionMetadata>> StartOneAsync(CancellationToken cancellation)
    {
        var channel = _channel = new WorkerChannel(Guid.NewGuid().ToString(), log);
        server.Expect(channel);
        var process = _process = WorkerProcess.Start(app, server.Address, channel.WorkerId);
        _ = process.Ended.ContinueWith(
            _ => channel.Close(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            return await channel.InitializeAsync(app.Folder, cancellation).WaitAsync(StartTimeout, time, cancellation);
        }
        catch (WorkerProcessExitException exception)
        {
            await process.Ended;
            throw EndedWhileItStarted(process, exception);
        }
        catch (TimeoutException exception)
        {
            process.Kill();
            throw new StartException(
                $"The worker did not connect within {StartTimeout.TotalSeconds:0} s. Check that its Program.cs runs the Functions worker.",
                exception);
        }
    }

    private async Task<IReadOnlyList<(string Function, string Reason)>> LoadOneAsync(WorkerChannel channel, CancellationToken cancellation)
    {
        if (channel.HttpAddress is { } address)
            await WorkerPort.OpenAsync(address, channel, time, cancellation);
        var results = await Task.WhenAll(
            _functions.Select(async function => (function.Name, Reason: await channel.LoadAsync(function, cancellation))));
        return [.. results.Where(result => result.Reason is not null).Select(result => (result.Name, result.Reason!))];
    }

    private async Task WatchAsync()
    {
        var quickDeaths = 0;
        var pause = FirstPause;
        var started = time.GetTimestamp();
        while (!_stop.IsCancellationRequested)
        {
            await _process!.Ended.WaitAsync(_stop.Token);
            lock (_lock)
                _ready = new TaskCompletionSource<WorkerChannel>(TaskCreationOptions.RunContinuationsAsynchronously);
            (quickDeaths, pause) = time.GetElapsedTime(started) > LongLife ? (1, FirstPause) : (quickDeaths + 1, pause * 2);
            var ended = $"exit code {_process.ExitCode}";
            if (quickDeaths >= MaxQuickDeaths)
            {
                _failed.TrySetResult(
                    new StartException(
                        $"The worker ended {quickDeaths} times in a row ({ended}). Its last output:{_process.LastLines}"));
                return;
            }

            Console.Error.WriteLine($"The worker ended ({ended}); it is started again in {pause.TotalSeconds:0.#} s.");
            await Task.Delay(pause, time, _stop.Token);
            started = time.GetTimestamp();
            var old = _process;
            try
            {
                await StartOneAsync(_stop.Token);
                await LoadOneAsync(_channel!, _stop.Token);
                _ready.TrySetResult(_channel!);
            }
            catch (Exception exception) when (exception is StartException or WorkerProcessExitException)
            {
                Console.Error.WriteLine(exception.Message);
            }
            finally
            {
                // When no process could be started, the old one still tells why it ended.
                if (!ReferenceEquals(old, _process))
                    old.Dispose();
            }
        }
    }
}
