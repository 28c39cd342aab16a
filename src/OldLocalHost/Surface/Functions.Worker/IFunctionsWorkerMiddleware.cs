namespace Microsoft.Azure.Functions.Worker.Middleware;

/// <summary>
/// Runs around every invocation. Around an orchestrator it runs in every replay and must not wait for anything that is not durable.
/// </summary>
public interface IFunctionsWorkerMiddleware
{
    Task Invoke(FunctionContext context, FunctionExecutionDelegate next);
}
