using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Darkroom.LocalHost.Management;

/// <summary><c>POST /instances/{instanceId}/raiseEvent/{eventName}</c>: raises an event with the body as its data.</summary>
internal static class RaiseEventEndpoint
{
    public static async Task AnswerAsync(ManagementCall call)
    {
        if (await call.FindInstanceAsync() is not { } instance)
            return;

        if (instance.IsCompleted)
            await call.EmptyAsync(StatusCodes.Status410Gone);
        else if (!IsJson(call.Request.ContentType))
            await call.ErrorAsync(StatusCodes.Status400BadRequest, "Only application/json request content is supported");
        else
            await RaiseAsync(call);
    }

    private static async Task RaiseAsync(ManagementCall call)
    {
        JsonElement data;
        try
        {
            data = await JsonBody.ReadAsync(call) ?? throw new JsonException("There is no content.");
        }
        catch (JsonException exception)
        {
            await call.ErrorAsync(StatusCodes.Status400BadRequest, "Invalid JSON content", exception);
            return;
        }

        await call.Client.RaiseEventAsync(call.InstanceId, call.RouteValue("eventName")!, data, call.Aborted);
        await call.EmptyAsync(StatusCodes.Status202Accepted);
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase);
}
