using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Darkroom.LocalHost.Tests.Conformance.Functions;

public static class Basics
{
    [Function(nameof(HelloCities))]
    public static async Task<string[]> HelloCities([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var first = await context.CallActivityAsync<string>(nameof(Activities.SayHello), "Tokyo");
        var second = await context.CallActivityAsync<string>(nameof(Activities.SayHello), "Seattle");
        return [first, second];
    }

    [Function(nameof(Echo))]
    public static string? Echo([OrchestrationTrigger] TaskOrchestrationContext context) => context.GetInput<string>();

    [Function(nameof(ShapeIt))]
    public static Task<Shaped> ShapeIt([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.CallActivityAsync<Shaped>(nameof(Activities.Shape), context.GetInput<Shaped>());

    [Function(nameof(AboutMyself))]
    public static async Task<string[]> AboutMyself([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var guid = context.NewGuid();
        var now = context.CurrentUtcDateTime;
        await context.CallActivityAsync(nameof(Activities.Nothing));
        return [context.Name.Name, context.InstanceId, context.Version, guid.ToString(), now.ToString("o"), context.NewGuid().ToString(), context.CurrentUtcDateTime.ToString("o")];
    }

    [Function(nameof(Status))]
    public static async Task Status([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        context.SetCustomStatus(new string('x', context.GetInput<int>()));
        await context.WaitForExternalEvent<string>("go");
    }

    [Function(nameof(CallMissingActivity))]
    public static Task<string> CallMissingActivity([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.CallActivityAsync<string>("NobodyWroteThis");

    [Function(nameof(MeasureText))]
    public static Task<int> MeasureText([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.CallActivityAsync<int>(nameof(Activities.Length), context.GetInput<string>());

    [Function(nameof(WrongInput))]
    public static int WrongInput([OrchestrationTrigger] TaskOrchestrationContext context) => context.GetInput<int>();

    [Function(nameof(OptionsAsInput))]
    public static Task<string> OptionsAsInput([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.CallActivityAsync<string>(nameof(Activities.SayHello), (object)new TaskOptions(), null);
}
