using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Darkroom.LocalHost.Tests.Conformance.Functions;

public static class Families
{
    [Function(nameof(Parent))]
    public static async Task<string[]> Parent([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var wanted = context.NewGuid();
        var named = await context.CallSubOrchestratorAsync<string>(nameof(Child), "named", new SubOrchestrationOptions(instanceId: $"{context.InstanceId}-child"));
        var unnamed = await context.CallSubOrchestratorAsync<string>(nameof(Child), "unnamed");
        return [wanted.ToString("N"), named, unnamed];
    }

    [Function(nameof(Child))]
    public static string Child([OrchestrationTrigger] TaskOrchestrationContext context) =>
        $"{context.GetInput<string>()}/{context.InstanceId}/{context.Parent!.Name}/{context.Parent.InstanceId}";

    [Function(nameof(ParentOfFailure))]
    public static async Task<string> ParentOfFailure([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        try
        {
            await context.CallSubOrchestratorAsync<int>(nameof(Retrying.Uncaught), new Failing(context.InstanceId, 1));
            return "no failure";
        }
        catch (TaskFailedException failure)
        {
            return $"{failure.FailureDetails.ErrorType}|{failure.FailureDetails.InnerFailure!.ErrorType}";
        }
    }

    [Function(nameof(ParentOfWaiting))]
    public static async Task<string> ParentOfWaiting([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        try
        {
            await context.CallSubOrchestratorAsync<string>(nameof(Events.WaitForever), null, new SubOrchestrationOptions(instanceId: $"{context.InstanceId}-child"));
            return "returned";
        }
        catch (TaskFailedException failure)
        {
            return failure.FailureDetails is null ? "terminated" : failure.FailureDetails.ErrorMessage;
        }
    }

    [Function(nameof(ParentOfTwo))]
    public static async Task<int> ParentOfTwo([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var key = context.GetInput<string>()!;
        var one = context.CallSubOrchestratorAsync<int>(nameof(Retrying.Uncaught), new Failing($"{key}-1", 1), new SubOrchestrationOptions(instanceId: $"{context.InstanceId}-1"));
        var two = context.CallSubOrchestratorAsync<int>(nameof(Retrying.Uncaught), new Failing($"{key}-2", 0), new SubOrchestrationOptions(instanceId: $"{context.InstanceId}-2"));
        return (await Task.WhenAll(one, two)).Sum();
    }

    [Function(nameof(CallMissingChild))]
    public static Task<string> CallMissingChild([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.CallSubOrchestratorAsync<string>("NobodyWroteThisEither");
}
