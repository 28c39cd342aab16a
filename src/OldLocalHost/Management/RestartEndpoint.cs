using DurableTask.Core.Exceptions;
using Microsoft.AspNetCore.Http;

namespace Darkroom.LocalHost.Management;

/// <summary><c>POST /instances/{instanceId}/restart</c>: starts an instance again with its own input.</summary>
internal static class RestartEndpoint
{
    public static async Task AnswerAsync(ManagementCall call)
    {
        try
        {
            // The client's own default is to keep the id; here it is not.
            var restarted = await call.Client.RestartAsync(call.InstanceId, call.Query.Flag("restartWithNewInstanceId") ?? true, call.Aborted);
            await CompletionWait.AnswerAsync(call, restarted);
        }
        catch (ArgumentException exception)
        {
            await call.ErrorAsync(StatusCodes.Status400BadRequest, "InstanceId does not match a valid orchestration instance.", exception);
        }
        catch (OrchestrationAlreadyExistsException exception)
        {
            await call.ErrorAsync(StatusCodes.Status409Conflict, "A non-terminal instance with this instance ID already exists.", exception);
        }
    }
}
