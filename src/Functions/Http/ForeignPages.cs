using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace Darkroom.Http;

/// <summary>Answers 403 to what <see cref="WebOrigins"/> refuses, before any endpoint sees it.</summary>
public sealed class ForeignPages(WebOrigins origins) : IFunctionsWorkerMiddleware
{
    /// <summary>Lets the request through, or not.</summary>
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        if (context.GetHttpContext() is { Request: var request } http
            && origins.Refusal(request.Method, request.Scheme, request.Host.Value, request.Headers.Origin.ToString(), request.Headers["Sec-Fetch-Site"].ToString()) is { } refusal)
            await Problem.Forbidden(refusal).ExecuteAsync(http);
        else
            await next(context);
    }
}
