using Darkroom.LocalHost.Functions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Darkroom.LocalHost.Http;

/// <summary>Runs a function for a request.</summary>
internal sealed partial class HttpInvoker(FunctionInvoker invoker, AccessCheck access, IHostApplicationLifetime lifetime, ILogger<HttpInvoker> log)
{
    public async Task InvokeAsync(HttpContext http, HttpRoute route)
    {
        if (!access.Allows(http.Request, route.Level))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        await using var invocation = new Invocation(route.Function, invoker, http, () => HttpData.Of(http.Request), cancellation.Token)
        {
            // The request's own scope, so that results that ask for services find those of the function.
            InstanceServices = http.RequestServices,
        };
        invocation.Items[FunctionContextExtensions.HttpContextKey] = http;
        try
        {
            if (!await HttpResult.WriteAsync(http, await invoker.InvokeAsync(invocation)))
                LogNoResponse(route.Function.Name, invocation.Result!.GetType());
        }
        catch (FunctionInputConverterException exception)
        {
            await RefuseAsync(http, exception.Message);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has gone: nobody reads an answer.
        }
        catch (Exception exception) // whatever a function throws ends here
        {
            LogFailed(route.Function.Name, exception);
            Fail(http);
        }
    }

    private static async Task RefuseAsync(HttpContext http, string reason)
    {
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        http.Response.ContentType = "text/plain; charset=utf-8";
        await http.Response.WriteAsync(reason, http.RequestAborted);
    }

    private static void Fail(HttpContext http)
    {
        // A half-written answer must not look like a whole one.
        if (http.Response.HasStarted)
        {
            http.Abort();
            return;
        }

        http.Response.Clear();
        http.Response.StatusCode = StatusCodes.Status500InternalServerError;
    }

    [LoggerMessage(LogLevel.Error, "Function {Name} failed.")]
    private partial void LogFailed(string name, Exception exception);

    [LoggerMessage(
        LogLevel.Warning,
        "Function {Name} returned a {Type}, which no answer can be made of: it is sent empty, as in Azure. Return an IResult or an IActionResult.")]
    private partial void LogNoResponse(string name, Type type);
}
