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
    /// <summary>The settings of this moment.</summary>
    [Function(nameof(ReadGateSettings))]
    public GateSettings ReadGateSettings([ActivityTrigger] string? input) => new(settings.Slots, settings.CreditsCheckSeconds);

    /// <summary>Whether there are credits again. A quota's day begins in China; credits may be renewed then too.</summary>
    [Function(nameof(CheckCredits))]
    public async Task<CreditsSeen> CheckCredits([ActivityTrigger] GateSettings gate, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var soon = now.AddSeconds(gate.CreditsCheckSeconds);
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

    /// <summary>Which of these do not need their place: those that are over, and those that somebody suspended.</summary>
    [Function(nameof(FindAway))]
    public static async Task<string[]> FindAway([ActivityTrigger] string[] instances, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var found = await Task.WhenAll(instances.Select(async id => (Id: id, Instance: await client.GetInstanceAsync(id, cancellation))));
        return [.. found.Where(one => one.Instance is null or { IsCompleted: true } or { RuntimeStatus: OrchestrationRuntimeStatus.Suspended }).Select(one => one.Id)];
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The balance could not be looked up: {Reason}")]
    private partial void LogNoBalance(string reason);
}
