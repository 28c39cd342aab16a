using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Darkroom.LocalHost.Management;

/// <summary><c>GET /instances</c>: the instances that the query asks for, page by page.</summary>
internal static class ListEndpoint
{
    private const string Token = "x-ms-continuation-token";

    public static async Task AnswerAsync(ManagementCall call)
    {
        var page = await FirstPageAsync(call.Client.GetAllInstancesAsync(Read(call)), call.Aborted);
        var showInput = call.Query.Flag("showInput") ?? true;
        call.AnswerHeaders[Token] = page?.ContinuationToken ?? "";
        await call.JsonAsync(StatusCodes.Status200OK, json =>
        {
            json.WriteStartArray();
            foreach (var instance in page?.Values ?? [])
                StatusBody.Write(json, instance, showInput);
            json.WriteEndArray();
        });
    }

    private static OrchestrationQuery Read(ManagementCall call) => new(
        call.Query.Time("createdTimeFrom"),
        call.Query.Time("createdTimeTo"),
        call.Query.Statuses("runtimeStatus"),
        InstanceIdPrefix: call.Query.Text("instanceIdPrefix"),
        PageSize: call.Query.Number("top") is > 0 and var top ? top : OrchestrationQuery.DefaultPageSize,
        FetchInputsAndOutputs: true,
        ContinuationToken: call.Request.Headers[Token] is [{ Length: > 0 } token, ..] ? token : null);

    private static async Task<Page<OrchestrationMetadata>?> FirstPageAsync(AsyncPageable<OrchestrationMetadata> instances, CancellationToken cancellation)
    {
        await foreach (var page in instances.AsPages().WithCancellation(cancellation))
            return page;
        return null;
    }
}
