using Darkroom.LocalHost.Engine;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.DurableTask.Client;

namespace Darkroom.LocalHost.Management;

/// <summary><c>GET /instances/{instanceId}</c>: the state of an instance, and where to ask again while it is not over.</summary>
internal static class StatusEndpoint
{
    public static async Task AnswerAsync(ManagementCall call)
    {
        if (await call.FindInstanceAsync(inputsAndOutputs: true) is { } instance)
            await AnswerAsync(call, instance);
    }

    public static Task AnswerAsync(ManagementCall call, OrchestrationMetadata instance)
    {
        var showInput = call.Query.Flag("showInput") ?? true;
        var status = StatusOf(call, instance);
        if (status == StatusCodes.Status202Accepted)
        {
            call.AnswerHeaders.Location = call.Request.GetEncodedUrl();
            call.AnswerHeaders.RetryAfter = "5";
        }

        var history = HistoryOf(call, instance, showInput);
        return call.JsonAsync(status, json => StatusBody.Write(json, instance, showInput, history));
    }

    private static int StatusOf(ManagementCall call, OrchestrationMetadata instance)
    {
        if (!instance.IsCompleted)
            return StatusCodes.Status202Accepted;
        return instance.RuntimeStatus == OrchestrationRuntimeStatus.Failed && call.Query.Flag("returnInternalServerErrorOnFailure") == true
            ? StatusCodes.Status500InternalServerError
            : StatusCodes.Status200OK;
    }

    private static HistoryBody? HistoryOf(ManagementCall call, OrchestrationMetadata instance, bool showInput)
    {
        if (call.Query.Flag("showHistory") != true || instance.RuntimeStatus == OrchestrationRuntimeStatus.Pending)
            return null;
        return call.Service<IHistoryReader>().Read(instance.InstanceId) is { } snapshot
            ? new HistoryBody(snapshot, showInput, call.Query.Flag("showHistoryOutput") ?? false)
            : null;
    }
}
