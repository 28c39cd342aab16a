using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace Darkroom.LocalHost.Tests.Conformance.Functions;

/// <summary>What orchestrators must not do, and what their logs must not say twice.</summary>
public static class Mistakes
{
    /// <summary>Changed by a test between two steps, as a careless deploy would.</summary>
    public static bool Deployed { get; set; }

    [Function(nameof(ChangesUnderWay))]
    public static async Task ChangesUnderWay([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        if (Deployed)
            await context.CallActivityAsync(nameof(Activities.SayHello), "new");
        else
            await context.CallActivityAsync(nameof(Activities.Nothing));
        await context.WaitForExternalEvent<string>("go");
    }

    [Function(nameof(AwaitsTheClock))]
    public static async Task AwaitsTheClock([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await context.CallActivityAsync(nameof(Activities.Nothing));
        await Task.Delay(1);
        await context.CallActivityAsync(nameof(Activities.Nothing));
    }

    [Function(nameof(AwaitsBesideSomethingDurable))]
    public static async Task AwaitsBesideSomethingDurable([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var durable = context.WaitForExternalEvent<string>("go");
        await Task.Run(() => Thread.Yield());
        await durable;
    }

    [Function(nameof(LeavesItsThread))]
    public static async Task<string> LeavesItsThread([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var failure = "";
        var thread = new Thread(() =>
        {
            try
            {
                _ = context.NewGuid();
            }
            catch (InvalidOperationException exception)
            {
                failure = exception.Message;
            }
        });
        thread.Start();
        thread.Join();
        await context.CallActivityAsync(nameof(Activities.Nothing));
        return failure;
    }

    [Function(nameof(Logs))]
    public static async Task Logs([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var log = context.CreateReplaySafeLogger("conformance");
#pragma warning disable CA1848, CA1873 // what is tested is the logger, not how a message is prepared
        log.LogInformation("before {Id}", context.InstanceId);
        await context.CallActivityAsync(nameof(Activities.Nothing));
        log.LogInformation("between {Id}", context.InstanceId);
        await context.CallActivityAsync(nameof(Activities.Nothing));
        log.LogInformation("after {Id}", context.InstanceId);
#pragma warning restore CA1848, CA1873
    }

    [Function(nameof(SkipsFinally))]
    public static async Task SkipsFinally([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        try
        {
            await context.WaitForExternalEvent<string>("never");
        }
        finally
        {
            context.SetCustomStatus("finally ran");
        }
    }
}
