using Darkroom.LocalHost.Functions;
using Darkroom.LocalHost.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Darkroom.LocalHost.Timers;

/// <summary>Keeps the schedules of all timer functions while the app runs.</summary>
internal sealed class TimerTriggers(
    IReadOnlyList<TimerPlan> plans, Launch launch, FunctionInvoker invoker, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<TimerTriggers> log)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The moment everything is asked to stop: no run begins while requests are still being answered.
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping, stoppingToken);
        await Task.WhenAll(plans.Select(plan => Task.Run(() => Listen(plan, stopping.Token), CancellationToken.None)));
    }

    private Task Listen(TimerPlan plan, CancellationToken stopping) =>
        new TimerListener(plan, new TimerStatusFile(launch.StateDirectory, plan.Function.Name), invoker, time, log).ListenAsync(stopping);
}
