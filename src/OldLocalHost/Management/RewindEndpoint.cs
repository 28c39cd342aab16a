using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace Darkroom.LocalHost.Management;

/// <summary><c>POST /instances/{instanceId}/rewind</c>: lets an instance that failed go on from its failures.</summary>
internal static class RewindEndpoint
{
    public static async Task AnswerAsync(ManagementCall call)
    {
        if (await call.Client.GetInstanceAsync(call.InstanceId, call.Aborted) is not { } instance)
        {
            // The dollar is the extension's own slip.
            await call.TextAsync(StatusCodes.Status404NotFound, $"No orchestration with instance ID \"${call.InstanceId}\" found.");
        }
        else if (instance.RuntimeStatus != OrchestrationRuntimeStatus.Failed)
        {
            await call.TextAsync(
                StatusCodes.Status412PreconditionFailed,
                $"This orchestration has status {instance.RuntimeStatus}, but only orchestrations in the \"Failed\" state can be rewound.");
        }
        else
        {
            await RewindAsync(call);
        }
    }

    private static async Task RewindAsync(ManagementCall call)
    {
        try
        {
            await call.Client.RewindInstanceAsync(call.InstanceId, call.Query.Text("reason") ?? "", call.Aborted);
            await call.EmptyAsync(StatusCodes.Status202Accepted);
        }
        catch (Exception exception) when (exception is NotImplementedException or NotSupportedException)
        {
            await call.ErrorAsync(StatusCodes.Status501NotImplemented, "Rewind is not supported by the underlying storage provider.", exception);
        }
    }
}
