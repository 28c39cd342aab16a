using System.Net;
using System.Text.Json;
using Darkroom.LocalHost.Hosting;
using Darkroom.LocalHost.Http;
using Microsoft.AspNetCore.Http;

namespace Darkroom.LocalHost.Management;

/// <summary>The answer to whoever starts an instance: where it can be watched and steered.</summary>
internal static class CheckStatus
{
    public static Task AnswerAsync(ManagementCall call, string instanceId)
    {
        var instance = $"{call.Request.Scheme}://{call.Request.Host}{ManagementApi.Base}/instances/{Encode(instanceId)}";
        var query = QueryOf(call);
        call.AnswerHeaders.Location = $"{instance}?{query}";
        call.AnswerHeaders.RetryAfter = "10";
        return call.JsonAsync(StatusCodes.Status202Accepted, json => Write(json, instanceId, instance, query));
    }

    // The braces are for the caller to fill in.
    private static void Write(Utf8JsonWriter json, string id, string instance, string query)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("statusQueryGetUri", $"{instance}?{query}");
        json.WriteString("sendEventPostUri", $"{instance}/raiseEvent/{{eventName}}?{query}");
        json.WriteString("terminatePostUri", $"{instance}/terminate?reason={{text}}&{query}");
        json.WriteString("purgeHistoryDeleteUri", $"{instance}?{query}");
        json.WriteString("restartPostUri", $"{instance}/restart?{query}");
        json.WriteString("suspendPostUri", $"{instance}/suspend?reason={{text}}&{query}");
        json.WriteString("resumePostUri", $"{instance}/resume?reason={{text}}&{query}");
        json.WriteEndObject();
    }

    private static string QueryOf(ManagementCall call)
    {
        var durable = call.Service<HostSettings>().Durable;
        var query = $"taskHub={Encode(durable.HubName)}&connection={Encode(durable.ConnectionName)}";
        return call.Service<AccessCheck>().SystemKey is { } key ? $"{query}&code={Encode(key)}" : query;
    }

    private static string Encode(string text) => WebUtility.UrlEncode(text).Replace("+", "%20", StringComparison.Ordinal);
}
