using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace Darkroom.Durable;

/// <summary>
/// Replaces the exception of a function by a short description. The exception is stored in the durable history, beside poison messages and
/// in logs, and its message and stack trace may contain addresses and internals.
/// </summary>
public sealed partial class ExceptionSanitizingMiddleware(ILogger<ExceptionSanitizingMiddleware> log) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        // An orchestrator throws in order to wait, and HttpExceptionMiddleware handles the exceptions of endpoints.
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
            // The full exception is only logged at Debug.
            LogFailure(failure, context.FunctionDefinition.Name);
            throw new SanitizedException(FailureDescription.Of(failure));
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The function {Name} failed.")]
    private partial void LogFailure(Exception failure, string name);
}

/// <summary>A failure with a description that is safe to store, and without a stack trace.</summary>
public sealed class SanitizedException(string message) : Exception(message)
{
    /// <inheritdoc/>
    public override string? StackTrace => null;
}
