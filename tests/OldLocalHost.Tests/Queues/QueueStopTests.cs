using Azure.Storage.Queues.Models;
using Darkroom.LocalHost.Tests.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Darkroom.LocalHost.Tests.Queues;

public sealed class QueueStopTests : QueueTest
{
    private readonly Stops _stops = new();

    [Fact]
    public async Task A_function_is_told_and_what_it_finishes_is_acknowledged()
    {
        await SendAsync("polite");
        await using var app = await StartWithAsync(typeof(Polite));
        await _stops.Begun.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await app.StopAsync();
        Assert.Equal(0, await CountAsync(Queue));
    }

    [Fact]
    public async Task What_is_interrupted_goes_back_at_once_and_is_no_failure()
    {
        await SendAsync("interrupted");
        await using var app = await StartWithAsync(typeof(Interrupted));
        await _stops.Begun.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await app.StopAsync();
        Assert.Equal(2, (await ReceiveAsync()).DequeueCount);
        Assert.Equal(0, await CountAsync(Poison));
        Assert.Contains("was interrupted; message ", app.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("failed for message", app.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_does_not_stop_in_time_goes_back_and_is_not_acknowledged_afterwards()
    {
        await SendAsync("deaf");
        await using var app = await StartWithAsync(typeof(Deaf));
        await _stops.Begun.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await app.StopAsync();
        _stops.Release.SetResult();
        await _stops.Ended.Task.WaitAsync(TimeSpan.FromSeconds(30));
        var message = await ReceiveAsync();
        Assert.Equal(2, message.DequeueCount);
        await Queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
    }

    [Fact]
    public async Task A_function_that_blocks_its_thread_does_not_block_the_stop()
    {
        await SendAsync("blocking");
        await using var app = await StartWithAsync(typeof(Blocking));
        await _stops.Begun.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await app.StopAsync();
        _stops.Unblock.Set();
        Assert.Equal(2, (await ReceiveAsync()).DequeueCount);
    }

    [Fact]
    public async Task Nothing_is_lost_and_nothing_runs_again_that_was_acknowledged()
    {
        const int Messages = 60;
        for (var i = 0; i < Messages; i++)
            await SendAsync($"{i}");
        for (var start = 0; start < 5; start++)
        {
            await using var app = await StartAsync(typeof(QueueTriggerTests.Texts));
            await Inbox.HasAsync(Math.Min(Messages, (start + 1) * 10));
            await app.StopAsync();
        }

        await using (var app = await StartAsync(typeof(QueueTriggerTests.Texts)))
        {
            await Inbox.HasAsync(Messages);
            await IsEmptyAsync(Queue);
        }

        Assert.Equal(Messages, Inbox.Received.Count);
        Assert.Equal(Messages, Inbox.Received.Distinct().Count());
    }

    private Task<RunningApp> StartWithAsync(Type functions) => StartAsync(functions, "\"maxDequeueCount\": 1", change: settings => settings with
    {
        Configure = builder => builder.Services.AddSingleton(_stops).Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(functions == typeof(Deaf) || functions == typeof(Blocking) ? 0.1 : 10)),
    });

    private async Task<QueueMessage> ReceiveAsync()
    {
        QueueMessage? message = null;
        await Eventually.IsTrueAsync(async () => (message = (await Queue.ReceiveMessageAsync()).Value) is not null);
        return message!;
    }

    internal sealed class Stops
    {
        public TaskCompletionSource Begun { get; } = new();

        public TaskCompletionSource Release { get; } = new();

        public TaskCompletionSource Ended { get; } = new();

        public ManualResetEventSlim Unblock { get; } = new();
    }

#pragma warning disable IDE0060 // a trigger is a parameter, used or not
    internal sealed class Polite(Stops stops)
    {
        [Function("Polite")]
        public async Task Run([QueueTrigger("%QueueName%")] string text, CancellationToken stop)
        {
            var stopped = new TaskCompletionSource();
            await using var registration = stop.Register(stopped.SetResult);
            stops.Begun.SetResult();
            await stopped.Task;
        }
    }

    internal sealed class Interrupted(Stops stops)
    {
        [Function("Interrupted")]
        public Task Run([QueueTrigger("%QueueName%")] string text, CancellationToken stop)
        {
            stops.Begun.SetResult();
            return Task.Delay(Timeout.Infinite, stop);
        }
    }

    internal sealed class Blocking(Stops stops)
    {
        [Function("Blocking")]
        public void Run([QueueTrigger("%QueueName%")] string text)
        {
            stops.Begun.SetResult();
            stops.Unblock.Wait();
        }
    }

    internal sealed class Deaf(Stops stops)
    {
        [Function("Deaf")]
        public async Task Run([QueueTrigger("%QueueName%")] string text)
        {
            stops.Begun.SetResult();
            await stops.Release.Task;
            stops.Ended.SetResult();
        }
    }
#pragma warning restore IDE0060
}
