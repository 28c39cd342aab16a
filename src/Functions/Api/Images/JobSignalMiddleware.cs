using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace Darkroom.Api.Images;

/// <summary>
/// Signals <see cref="JobSignals"/> after each activity that runs in this process, because a step of its orchestration follows. The steps
/// themselves cannot be observed here: the engine keeps orchestrations in memory between steps.
/// </summary>
public sealed class JobSignalMiddleware(JobSignals steps) : IFunctionsWorkerMiddleware
{
    // The activity trigger stores the id of the calling orchestration under this name.
    private const string InstanceId = "instanceId";

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
