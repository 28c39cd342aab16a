using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace Darkroom.Api;

/// <summary>Responds with 403 to requests that <see cref="WebOrigins"/> refuses, before any endpoint runs.</summary>
public sealed class ForeignOriginMiddleware(WebOrigins origins) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        if (context.GetHttpContext() is not { Request: var request } http
            || origins.Refusal(
                request.Method,
                request.Scheme,
                request.Host.Value,
                request.Headers.Origin.ToString(),
                request.Headers["Sec-Fetch-Site"].ToString()) is not { } refusal)
        {
            await next(context);
            return;
        }

        var answer = await RequestBodies.AnswerAsync(request, () => Task.FromResult(Problem.Forbidden(refusal)), context.CancellationToken);
        await answer.ExecuteAsync(http);
    }
}
