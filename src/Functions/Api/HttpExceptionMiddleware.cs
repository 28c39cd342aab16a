using Darkroom.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace Darkroom.Api;

/// <summary>
/// What no endpoint foresaw still is answered as a problem: storage that is away will be back, and the rest is a mistake of ours.
/// </summary>
public sealed partial class HttpExceptionMiddleware(ILogger<HttpExceptionMiddleware> log) : IFunctionsWorkerMiddleware
{
    /// <summary>Runs the function, and answers for it if it fails.</summary>
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        if (context.GetHttpContext() is not { } http)
        {
            await next(context);
            return;
        }

        try
        {
            await next(context);
        }
        catch (Exception exception) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            var isStorage = StorageTrouble.Is(exception);
            // Without the exception itself: its stack is nobody's business, and its words may hold addresses.
            LogMishap(context.FunctionDefinition.Name, exception.GetType().Name, isStorage ? StorageTrouble.Kind(exception) : "unexpected");
            await (isStorage ? Problem.NotReady() : Problem.Internal()).ExecuteAsync(http);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The endpoint {Name} could not answer: {Type} ({Kind}).")]
    private partial void LogMishap(string name, string type, string kind);
}
