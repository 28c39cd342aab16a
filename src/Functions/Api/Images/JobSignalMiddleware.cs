using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace Darkroom.Api.Images;

/// <summary>
/// Tells <see cref="JobSignals"/> of each activity that has run here, because a step of its orchestration follows. Of the orchestrations
/// themselves nothing is heard: the engine keeps them in memory from step to step.
/// </summary>
public sealed class JobSignalMiddleware(JobSignals steps) : IFunctionsWorkerMiddleware
{
    // What the activity trigger calls its caller's instance.
    private const string InstanceId = "instanceId";

    /// <summary>Runs the function.</summary>
    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        return steps.IsFollowed
            && context.FunctionDefinition.InputBindings.Values.Any(binding => binding.Type == "activityTrigger")
                ? SignalAsync(context, next)
                : next(context);
    }

    private async Task SignalAsync(FunctionContext context, FunctionExecutionDelegate next)
    {
        try
        {
            await next(context);
        }
        finally
        {
            if (context.BindingContext.BindingData.GetValueOrDefault(InstanceId) is string instance)
                steps.Ran(instance.Trim('"'));
        }
    }
}
