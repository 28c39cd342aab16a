using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace Darkroom.Durable;

/// <summary>
/// What a function fails with is kept: in the durable history, beside a poisoned message, in logs. So it says what happened and no more;
/// a stack is nobody's business there, and the words of an exception may hold addresses.
/// </summary>
public sealed partial class ExceptionSanitizingMiddleware(ILogger<ExceptionSanitizingMiddleware> log) : IFunctionsWorkerMiddleware
{
    /// <summary>Runs the function.</summary>
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        // What an orchestrator throws is how it waits, and endpoints answer for themselves.
        if (context.FunctionDefinition.InputBindings.Values.Any(binding => binding.Type is "orchestrationTrigger" or "httpTrigger"))
        {
            await next(context);
            return;
        }

        try
        {
            await next(context);
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or SanitizedException))
        {
            // Whoever has to find out more turns this up.
            LogFailure(failure, context.FunctionDefinition.Name);
            throw new SanitizedException(FailureDescription.Of(failure));
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The function {Name} failed.")]
    private partial void LogFailure(Exception failure, string name);
}

/// <summary>A failure in plain words, which tells nothing of the code it comes from.</summary>
public sealed class SanitizedException(string message) : Exception(message)
{
    /// <inheritdoc/>
    public override string? StackTrace => null;
}
