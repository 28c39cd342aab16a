using Azure.Storage.Queues.Models;
using Darkroom.LocalHost.Hosting;
using Microsoft.Extensions.Logging;

namespace Darkroom.LocalHost.Queues;

/// <summary>Fetches messages and runs them, a batch and a half at a time.</summary>
internal sealed partial class QueueListener(QueueStore store, MessageRun run, QueueSettings settings, TimeProvider time, ILogger log)
{
    private readonly HashSet<Task> _running = [];

#pragma warning disable CA5394 // it only keeps listeners from looking all at once
    private readonly PollingPause _pause = new(settings.MaxPollingInterval, Random.Shared.NextDouble);
#pragma warning restore CA5394
    private bool _isThere;
    private bool _isOut;

    /// <param name="stopping">Nothing new is begun after this.</param>
    /// <param name="givenUp">What still runs is not waited for after this.</param>
    public async Task ListenAsync(CancellationToken stopping, CancellationToken givenUp)
    {
        while (!stopping.IsCancellationRequested)
        {
            if (!await HasRoomAsync(stopping))
                break;
            var messages = await ReceiveAsync(stopping, givenUp);
            foreach (var message in messages)
            {
                // Fetched while the stop came: not begun, so it goes back.
                _running.Add(stopping.IsCancellationRequested ? run.ReleaseAsync(message) : run.RunAsync(message, stopping, givenUp));
            }

            if (messages.Count > 0)
                _pause.Reset();
            else if (!await PauseAsync(stopping))
                break;
        }

        await Task.WhenAll(_running);
    }

    private async Task<bool> HasRoomAsync(CancellationToken stopping)
    {
        _running.RemoveWhere(task => task.IsCompleted);
        while (_running.Count > settings.NewBatchThreshold)
        {
            try
            {
                await Task.WhenAny(_running).WaitAsync(stopping);
            }
            catch (OperationCanceledException)
            {
                return false;
            }

            _running.RemoveWhere(task => task.IsCompleted);
        }

        return true;
    }

    private async Task<IReadOnlyList<QueueMessage>> ReceiveAsync(CancellationToken stopping, CancellationToken givenUp)
    {
        try
        {
            if (!_isThere)
                await store.CreateAsync(stopping);
            _isThere = true;

            // Not given up on the way by a stop: messages would have been hidden that nobody ever saw.
            var messages = await store.ReceiveAsync(settings.BatchSize, MessageLease.Length, givenUp);
            if (_isOut)
                LogReached(store.Name);
            _isOut = false;
            return messages;
        }
        catch (Exception exception) // whatever it is, the listener goes on looking
        {
            _isThere = false;
            if (!_isOut && !stopping.IsCancellationRequested)
                LogOutOfReach(store.Name, exception.Message);
            _isOut = true;
            return [];
        }
    }

    private async Task<bool> PauseAsync(CancellationToken stopping)
    {
        try
        {
            await Task.Delay(_pause.Next(), time, stopping);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Queue {Queue} cannot be reached; it is tried again until it can: {Reason}")]
    private partial void LogOutOfReach(string queue, string reason);

    [LoggerMessage(LogLevel.Information, "Queue {Queue} can be reached again.")]
    private partial void LogReached(string queue);
}
