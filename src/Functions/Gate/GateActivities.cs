using Darkroom.ModelScope;
using Darkroom.ModelScope.Failures;
using Darkroom.Settings;
using Darkroom.Telemetry;
using Darkroom.Usage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Darkroom.Gate;

/// <summary>The activities of the gate.</summary>
public sealed partial class GateActivities(
    DarkroomSettings settings, ModelScopeClient upstream, GatePauseStore pauses, UsageStore usage,
    ISubmitStatus submits, TimeProvider time, ILogger<GateActivities> log)
{
    private static readonly OrchestrationRuntimeStatus[] UnderWay = [
        OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Suspended];

    /// <summary>
    /// Looks up the credits. The next look is no later than the start of the next day in China: quotas are reset then, and credits may be
    /// renewed too.
    /// </summary>
    [Function(nameof(CheckCredits))]
    public async Task<CreditsSeen> CheckCredits([ActivityTrigger] string? input, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var soon = now.AddSeconds(settings.CreditsCheckSeconds);
        var nextDay = ChinaDay.NextStart(now);
        var nextLook = (soon < nextDay ? soon : nextDay).UtcDateTime;
        try
        {
            var balance = await upstream.GetBalanceAsync(cancellation);
            GateMetrics.Credits(balance.Available, time.GetUtcNow().UtcDateTime);
            return new CreditsSeen(balance.Available, nextLook);
        }
        catch (ModelScopeException failure)
        {
            LogNoBalance(failure.Message);
            return new CreditsSeen(Available: null, nextLook);
        }
    }

    /// <summary>Finds which of these instances have ended or are suspended, and reads the settings and the operator's pause.</summary>
    [Function(nameof(InspectGate))]
    public async Task<GateInspection> InspectGate(
        [ActivityTrigger] string[] instances, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        // With the custom status, which shows whether the submit is over.
        var found = await Task.WhenAll(
            instances.Select(async id => (Id: id, Instance: await client.GetInstanceAsync(id, getInputsAndOutputs: true, cancellation))));
        return new GateInspection(
            [.. found.Where(one => one.Instance is null or { IsCompleted: true }).Select(one => one.Id)],
            [.. found.Where(one => one.Instance is { RuntimeStatus: OrchestrationRuntimeStatus.Suspended }).Select(one => one.Id)],
            settings.Slots)
        {
            Submitted = [.. found.Where(one => one.Instance is { } task && submits.IsOver(task)).Select(one => one.Id)],
            DailyBudget = settings.DailyBudget,
            Paused = await pauses.ReadAsync(cancellation),
        };
    }

    /// <summary>Counts the tasks that were submitted today, for the budget of a gate that starts.</summary>
    [Function(nameof(CountTasksOfToday))]
    public Task<int> CountTasksOfToday([ActivityTrigger] string? input, CancellationToken cancellation) => settings.DailyBudget == 0
        ? Task.FromResult(0)
        : usage.CountAsync(UsageStore.DayOf(time.GetUtcNow().UtcDateTime), cancellation);

    /// <summary>
    /// Requests one page of the running instances to ask for their slot again, because the state of the earlier gate is lost. An instance
    /// that does not wait for a slot ignores the request. Returns the token of the next page; null after the last page.
    /// </summary>
    [Function(nameof(CallWaiting))]
    public static async Task<string?> CallWaiting(
        [ActivityTrigger] string? page, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var query = new OrchestrationQuery { Statuses = UnderWay, PageSize = 100, ContinuationToken = page };
        await foreach (var found in client.GetAllInstancesAsync(query).AsPages().WithCancellation(cancellation))
        {
            var waiting = found.Values.Where(instance => instance.InstanceId != UpstreamGate.InstanceId);
            await Task.WhenAll(
                waiting.Select(
                    instance => client.RaiseEventAsync(instance.InstanceId, GateAnswer.EventName, GateAnswer.AskAgain, cancellation)));
            return found.ContinuationToken is { Length: > 0 } next ? next : null;
        }

        return null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The balance could not be looked up: {Reason}")]
    private partial void LogNoBalance(string reason);
}
