using System.Text.Json;
using Darkroom.LocalHost.Engine;
using DurableTask.Core.Exceptions;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask;

namespace Darkroom.LocalHost.Management;

/// <summary><c>POST /orchestrators/{functionName}/{instanceId?}</c>: starts an instance with the body as its input.</summary>
internal static class StartEndpoint
{
    public static async Task AnswerAsync(ManagementCall call)
    {
        var id = call.InstanceId.Length == 0 ? Guid.NewGuid().ToString("N") : call.InstanceId;
        try
        {
            var input = await JsonBody.ReadAsync(call);
            var name = call.RouteValue("functionName")!;
            var functions = call.Service<IFunctionRunner>();
            if (!functions.HasOrchestrator(name))
            {
                await call.ErrorAsync(StatusCodes.Status400BadRequest, UnknownFunction.Message("orchestrator", name, functions.Orchestrators));
                return;
            }

            var options = new StartOrchestrationOptions(id) { Version = call.Query.Text("version") is { Length: > 0 } version ? new TaskVersion(version) : null };
            await CompletionWait.AnswerAsync(call, await call.Client.ScheduleNewOrchestrationInstanceAsync(name, input, options, call.Aborted));
        }
        catch (JsonException exception)
        {
            await call.ErrorAsync(StatusCodes.Status400BadRequest, "Invalid JSON content", exception);
        }
        catch (OrchestrationAlreadyExistsException exception)
        {
            await call.ErrorAsync(StatusCodes.Status409Conflict, exception.Message);
        }
        catch (ArgumentException exception)
        {
            await call.ErrorAsync(StatusCodes.Status400BadRequest, exception.Message);
        }
    }
}
