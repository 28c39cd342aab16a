using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.DurableTask;

namespace Darkroom.Http;

/// <summary>Tells <see cref="JobSteps"/> of each orchestration that runs here. Only if anybody follows one: orchestrations run often.</summary>
public sealed class StepSignals(JobSteps steps) : IFunctionsWorkerMiddleware
{
    /// <summary>Runs the function.</summary>
    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        var trigger = context.FunctionDefinition.InputBindings.Values.FirstOrDefault(binding => binding.Type == "orchestrationTrigger");
        return trigger is not null && steps.IsFollowed ? SignalAsync(context, trigger, next) : next(context);
    }

    private async Task SignalAsync(FunctionContext context, BindingMetadata trigger, FunctionExecutionDelegate next)
    {
        try
        {
            await next(context);
        }
        finally
        {
            // The engine has put it there already: nothing is waited for, which an orchestration must not do.
            if ((await context.BindInputAsync<object>(trigger)).Value is TaskOrchestrationContext orchestration)
                steps.Ran(orchestration.InstanceId);
        }
    }
}
