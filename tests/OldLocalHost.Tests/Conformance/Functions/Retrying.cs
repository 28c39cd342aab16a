using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Darkroom.LocalHost.Tests.Conformance.Functions;

public static class Retrying
{
    [Function(nameof(ByPolicy))]
    public static async Task<string> ByPolicy([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var plan = context.GetInput<Plan>()!;
        var policy = new RetryPolicy(
            plan.Attempts,
            TimeSpan.FromSeconds(10),
            plan.Coefficient,
            plan.MaxSeconds is { } max ? TimeSpan.FromSeconds(max) : null,
            plan.TimeoutSeconds is { } timeout ? TimeSpan.FromSeconds(timeout) : null)
        {
            HandleFailure = failure => !plan.Refuses || !failure.IsCausedBy<TimeoutException>(),
        };
        var before = context.CurrentUtcDateTime;
        var result = "failed";
        try
        {
            result = "attempt " + await context.CallActivityAsync<int>(nameof(Activities.FailSomeTimes), new Failing(plan.Key, plan.Failures), TaskOptions.FromRetryPolicy(policy));
        }
        catch (TaskFailedException)
        {
            // What matters is when.
        }

        return $"{result} after {(context.CurrentUtcDateTime - before).TotalSeconds:0} s";
    }

    [Function(nameof(ByHandler))]
    public static async Task<string> ByHandler([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var plan = context.GetInput<Plan>()!;
        var seen = new List<string>();
        var options = TaskOptions.FromRetryHandler(async retry =>
        {
            seen.Add($"{retry.LastAttemptNumber}:{retry.LastFailure.IsCausedBy<TimeoutException>()}:{retry.TotalRetryTime.TotalSeconds:0}");
            await context.CreateTimer(TimeSpan.FromSeconds(5), CancellationToken.None);
            return retry.LastAttemptNumber < plan.Attempts;
        });
        try
        {
            await context.CallActivityAsync<int>(nameof(Activities.FailSomeTimes), new Failing(plan.Key, plan.Failures), options);
            seen.Add("succeeded");
        }
        catch (TaskFailedException)
        {
            seen.Add("failed");
        }

        return string.Join(' ', seen);
    }

    [Function(nameof(Uncaught))]
    public static Task<int> Uncaught([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.CallActivityAsync<int>(nameof(Activities.FailSomeTimes), context.GetInput<Failing>());

    [Function(nameof(TellOfFailure))]
    public static async Task<string> TellOfFailure([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        try
        {
            await context.CallActivityAsync<int>(nameof(Activities.FailSomeTimes), new Failing(context.InstanceId, 1));
            return "no failure";
        }
        catch (TaskFailedException failure)
        {
            var details = failure.FailureDetails;
            return string.Join('|', failure.TaskName, failure.TaskId, failure.Message, details.ErrorType, details.ErrorMessage, details.InnerFailure!.ErrorType, details.IsCausedBy<SystemException>());
        }
    }
}

public sealed record Plan(string Key, int Failures, int Attempts, double Coefficient = 1, int? MaxSeconds = null, int? TimeoutSeconds = null, bool Refuses = false);
