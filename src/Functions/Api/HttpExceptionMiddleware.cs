using Darkroom.Storage;
using Grpc.Core;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace Darkroom.Api;

/// <summary>
/// Turns an unhandled exception of an endpoint into a problem response: 503 for a storage failure, because storage usually comes back, and
/// 500 for everything else.
/// </summary>
public sealed partial class HttpExceptionMiddleware(ILogger<HttpExceptionMiddleware> log) : IFunctionsWorkerMiddleware
{
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
        catch (Exception exception) when (
            IsCancellation(exception) && (http.RequestAborted.IsCancellationRequested || context.CancellationToken.IsCancellationRequested))
        {
            // The client has disconnected, or the app stops. Only in the second case the response arrives.
            if (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
                await Problem.NotReady().ExecuteAsync(http);
        }
        catch (Exception exception) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            var isStorage = StorageTrouble.Is(exception);
            // The exception itself is not logged: its message may contain addresses, and its stack trace shows internals.
            LogMishap(context.FunctionDefinition.Name, exception.GetType().Name, isStorage ? StorageTrouble.Kind(exception) : "unexpected");
            await (isStorage ? Problem.NotReady() : Problem.Internal()).ExecuteAsync(http);
        }
    }

    // The engine is called over gRPC, which has an exception of its own for a canceled call.
    private static bool IsCancellation(Exception exception) =>
        exception is OperationCanceledException or IOException or RpcException { StatusCode: StatusCode.Cancelled };

    [LoggerMessage(Level = LogLevel.Error, Message = "The endpoint {Name} failed: {Type} ({Kind}).")]
    private partial void LogMishap(string name, string type, string kind);
}
