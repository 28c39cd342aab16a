using Darkroom.LocalHost.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Darkroom.LocalHost.Management;

/// <summary>The durable management API, as the durable extension serves it. The route prefix of the app does not apply to it.</summary>
internal static partial class ManagementApi
{
    public const string Base = "/runtime/webhooks/durabletask";

    public static void MapTo(WebApplication app)
    {
        Map("POST", "orchestrators/{functionName}/{instanceId?}", StartEndpoint.AnswerAsync);
        Map("GET", "instances", ListEndpoint.AnswerAsync);
        Map("DELETE", "instances", PurgeEndpoint.AnswerManyAsync);
        Map("GET", "instances/{instanceId}", StatusEndpoint.AnswerAsync);
        Map("DELETE", "instances/{instanceId}", PurgeEndpoint.AnswerOneAsync);
        Map("POST", "instances/{instanceId}/raiseEvent/{eventName}", RaiseEventEndpoint.AnswerAsync);
        Map("POST", "instances/{instanceId}/terminate", SteeringEndpoint.TerminateAsync);
        Map("POST", "instances/{instanceId}/suspend", SteeringEndpoint.SuspendAsync);
        Map("POST", "instances/{instanceId}/resume", SteeringEndpoint.ResumeAsync);
        Map("POST", "instances/{instanceId}/rewind", RewindEndpoint.AnswerAsync);
        Map("POST", "instances/{instanceId}/restart", RestartEndpoint.AnswerAsync);

        void Map(string verb, string path, Func<ManagementCall, Task> answer) =>
            app.Map($"{Base}/{path}", http => AnswerAsync(http, answer)).WithMetadata(new AllowedVerbs(verb)).WithDisplayName($"{verb} {path}");
    }

    private static async Task AnswerAsync(HttpContext http, Func<ManagementCall, Task> answer)
    {
        if (!http.RequestServices.GetRequiredService<AccessCheck>().Allows(http.Request, AuthorizationLevel.System))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var call = new ManagementCall(http);
        try
        {
            await answer(call);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has gone: nobody reads an answer.
        }
        catch (ArgumentException exception)
        {
            await call.ErrorAsync(StatusCodes.Status400BadRequest, "One or more of the arguments submitted is incorrect", exception);
        }
        catch (Exception exception) // whatever went wrong is told to the caller, as the extension does it
        {
            LogFailed(http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ManagementApi)), http.Request.Method, http.Request.Path, exception);
            await call.ErrorAsync(StatusCodes.Status500InternalServerError, "Something went wrong while processing your request", exception);
        }
    }

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed.")]
    private static partial void LogFailed(ILogger log, string method, string path, Exception exception);
}
