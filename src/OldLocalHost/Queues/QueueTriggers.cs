using Darkroom.LocalHost.Functions;
using Darkroom.LocalHost.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Darkroom.LocalHost.Queues;

/// <summary>Listens to the queues of all queue functions while the app runs.</summary>
internal sealed class QueueTriggers(
    IReadOnlyList<QueuePlan> plans, HostSettings settings, FunctionInvoker invoker, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<QueueTriggers> log)
    : IHostedService, IDisposable
{
    // The moment everything is asked to stop: nothing new is fetched while requests are still being answered.
    private readonly CancellationTokenSource _stopping = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping);
    private readonly CancellationTokenSource _givenUp = new();
    private Task _listening = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _listening = Task.WhenAll(plans.Select(plan => Task.Run(() => Listen(plan), CancellationToken.None)));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await using var limit = cancellationToken.Register(_givenUp.Cancel);
        await _listening;
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
        _givenUp.Dispose();
    }

    private Task Listen(QueuePlan plan)
    {
        var store = new QueueStore(plan.ConnectionString, plan.QueueName);
        var run = new MessageRun(plan.Function, store, settings.Queues, invoker, time, log);
        return new QueueListener(store, run, settings.Queues, time, log).ListenAsync(_stopping.Token, _givenUp.Token);
    }
}
