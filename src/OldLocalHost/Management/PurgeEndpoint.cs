using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace Darkroom.LocalHost.Management;

/// <summary><c>DELETE /instances/{instanceId}</c> and <c>DELETE /instances</c>: forgets instances that are over.</summary>
internal static class PurgeEndpoint
{
    public static async Task AnswerOneAsync(ManagementCall call)
    {
        if (await call.FindInstanceAsync() is not { } instance)
            return;

        if (instance.IsCompleted)
            await AnswerAsync(call, await call.Client.PurgeInstanceAsync(call.InstanceId, call.Aborted));
        else
        {
            await call.TextAsync(
                StatusCodes.Status412PreconditionFailed,
                $"Only orchestrations in a terminal state can be purged, but the orchestration with instance ID {call.InstanceId} has status {instance.RuntimeStatus}");
        }
    }

    public static async Task AnswerManyAsync(ManagementCall call)
    {
        if (call.Query.Time("createdTimeFrom") is not { } from)
        {
            await call.TextAsync(StatusCodes.Status400BadRequest, "Please provide value for 'createdTimeFrom' parameter.");
            return;
        }

        var to = call.Query.Time("createdTimeTo") ?? call.Service<TimeProvider>().GetUtcNow();
        await AnswerAsync(call, await call.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(from, to, call.Query.Statuses("runtimeStatus")), call.Aborted));
    }

    private static Task AnswerAsync(ManagementCall call, PurgeResult purged) => purged.PurgedInstanceCount == 0
        ? call.EmptyAsync(StatusCodes.Status404NotFound)
        : call.JsonAsync(StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("instancesDeleted", purged.PurgedInstanceCount);
            json.WriteEndObject();
        });
}
