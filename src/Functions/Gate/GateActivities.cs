using Darkroom.ModelScope;
using Darkroom.ModelScope.Failures;
using Darkroom.Settings;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Darkroom.Gate;

/// <summary>What the gate has to look up.</summary>
public sealed partial class GateActivities(DarkroomSettings settings, ModelScopeClient upstream, TimeProvider time, ILogger<GateActivities> log)
{
    /// <summary>Whether there are credits again. A quota's day begins in China; credits may be renewed then too.</summary>
    [Function(nameof(CheckCredits))]
    public async Task<CreditsSeen> CheckCredits([ActivityTrigger] string? input, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var soon = now.AddSeconds(settings.CreditsCheckSeconds);
        var nextDay = ChinaDay.NextStart(now);
        var nextLook = (soon < nextDay ? soon : nextDay).UtcDateTime;
        try
        {
            return new CreditsSeen((await upstream.GetBalanceAsync(cancellation)).Available, nextLook);
        }
        catch (ModelScopeException failure)
        {
            LogNoBalance(failure.Message);
            return new CreditsSeen(Available: null, nextLook);
        }
    }

    /// <summary>Which of these instances are over, or were never there.</summary>
    [Function(nameof(FindEnded))]
    public static async Task<string[]> FindEnded([ActivityTrigger] string[] instances, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var found = await Task.WhenAll(instances.Select(async id => (Id: id, Instance: await client.GetInstanceAsync(id, cancellation))));
        return [.. found.Where(one => one.Instance is null || one.Instance.IsCompleted).Select(one => one.Id)];
    }

    /// <summary>Which of these do not need their place: those that are over, and those that somebody suspended. And what the settings say now.</summary>
    [Function(nameof(InspectGate))]
    public async Task<GateInspection> InspectGate([ActivityTrigger] string[] instances, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var found = await Task.WhenAll(instances.Select(async id => (Id: id, Instance: await client.GetInstanceAsync(id, cancellation))));
        string[] away = [.. found.Where(one => one.Instance is null or { IsCompleted: true } or { RuntimeStatus: OrchestrationRuntimeStatus.Suspended }).Select(one => one.Id)];
        return new GateInspection(away, settings.Slots);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The balance could not be looked up: {Reason}")]
    private partial void LogNoBalance(string reason);
}
