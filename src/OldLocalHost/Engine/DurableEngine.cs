using System.Diagnostics.CodeAnalysis;
using Darkroom.LocalHost.Journal;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace Darkroom.LocalHost.Engine;

/// <summary>The engine's motor: makes steps, runs activities, and writes the journal.</summary>
internal sealed partial class DurableEngine(EngineCore core, IFunctionRunner functions, EngineLimits limits, ILogger<DurableEngine> log) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly AutoResetEvent _somethingToWrite = new(initialState: false);
    private readonly SemaphoreSlim _activitySlots = new(limits.Activities);
    private readonly List<Task> _loops = [];
    private Thread? _writer;
    private bool _isWriting = true;

    public EngineCore Core => core;

    /// <summary>Reads the journal back and begins.</summary>
    public void Start()
    {
        core.Open();
        if (core.Journal.TornBytes > 0)
            LogTorn(core.Journal.TornBytes);
        // A thread of its own: it blocks in the disk, and everybody waits for it.
        _writer = new Thread(Write) { IsBackground = true, Name = "Journal" };
        _writer.Start();
        for (var i = 0; i < limits.Steps; i++)
            _loops.Add(Task.Run(StepAsync));
        _loops.Add(Task.Run(DispatchAsync));
    }

    /// <summary>Queues a record and waits until it is durable.</summary>
    /// <exception cref="JournalException">It could not be made durable; nothing is known of it until the journal is read back.</exception>
    public Task AppendAsync(JournalRecord record)
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        core.Journal.Enqueue(record, failure =>
        {
            if (failure is null)
                written.SetResult();
            else
                written.SetException(failure as JournalException ?? new JournalException("The journal could not be written: " + failure.Message, failure));
        });
        _somethingToWrite.Set();
        return written.Task;
    }

    /// <summary>Stops taking up work, tells running activities, waits for them a while, and writes down what came of them.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        if (_stopping.IsCancellationRequested)
            return;
        await _stopping.CancelAsync();
        using var enough = new CancellationTokenSource(patience);
        await Task.WhenAll(_loops).WaitAsync(CancellationToken.None);
        try
        {
            // All slots taken back means that no activity runs any more.
            for (var slot = 0; slot < limits.Activities; slot++)
                await _activitySlots.WaitAsync(enough.Token);
        }
        catch (OperationCanceledException)
        {
            LogAbandoned();
        }

        // What activities returned meanwhile would only be lost: make the steps that write it down.
        while (core.Ready.TryRead(out var instance))
            core.Step(instance);
        Volatile.Write(ref _isWriting, false);
        _somethingToWrite.Set();
        _writer?.Join();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(TimeSpan.FromSeconds(10));
        core.Dispose();
        _stopping.Dispose();
        _somethingToWrite.Dispose();
        _activitySlots.Dispose();
    }

    private void Write()
    {
        while (Volatile.Read(ref _isWriting))
        {
            _somethingToWrite.WaitOne();
            core.Journal.Flush();
        }

        core.Journal.Flush();
    }

    private async Task StepAsync()
    {
        try
        {
            await foreach (var instance in core.Ready.ReadAllAsync(_stopping.Token))
            {
                core.Step(instance);
                _somethingToWrite.Set();
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    private async Task DispatchAsync()
    {
        try
        {
            await foreach (var work in core.Activities.ReadAllAsync(_stopping.Token))
            {
                await _activitySlots.WaitAsync(_stopping.Token);
                _ = Task.Run(() => RunAsync(work));
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping. What was not begun is begun when the journal is read back.
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever an activity throws is its failure, for the orchestrator to see")]
    private async Task RunAsync(ActivityWork work)
    {
        try
        {
            if (!functions.HasActivity(work.Name))
            {
                core.Finish(work, result: null, new TaskFailureDetails(
                    typeof(ArgumentException).FullName!, UnknownFunction.Message("activity", work.Name, functions.Activities), null, null, null));
                return;
            }

            var result = await functions.RunActivityAsync(work.Name, work.InstanceId, work.Input, _stopping.Token);
            core.Finish(work, result, failure: null);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The host stops: not a failure of the activity. It runs again when the journal is read back.
        }
        catch (Exception exception)
        {
            core.Finish(work, result: null, TaskFailureDetails.FromException(exception));
        }
        finally
        {
            _activitySlots.Release();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The journal ended in {Bytes} bytes of a record that a crash had cut off. Nothing acknowledged was in them; they are gone.")]
    private partial void LogTorn(long bytes);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Some activities did not stop in time. They run again after the next start.")]
    private partial void LogAbandoned();
}
