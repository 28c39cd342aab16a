using Azure;
using Darkroom.Gate;
using Darkroom.Settings;
using Darkroom.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Darkroom.Http;

/// <summary><c>GET /api/health/live</c> and <c>/ready</c>.</summary>
public sealed class HealthEndpoints(Containers containers, DarkroomSettings settings)
{
    private const string Ok = "ok";

    /// <summary>The process answers.</summary>
    [Function("Live")]
    public static IResult Live([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/health/live")] HttpRequest request) => Results.Json(new { status = "live" });

    /// <summary>Everything a job needs is there; or what is not.</summary>
    [Function("Ready")]
    public async Task<IResult> ReadyAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/health/ready")] HttpRequest request, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        OrchestrationMetadata? gate = null;
        var engine = await TryAsync(async () =>
        {
            gate = await client.GetInstanceAsync(UpstreamGate.InstanceId, cancellation);
            return Ok;
        });
        var parts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["storage"] = await TryAsync(async () => (await containers.Pictures.ExistsAsync(cancellation)).Value ? Ok : "the container for pictures is missing: restart the app, which makes it"),
            ["engine"] = engine,
            ["token"] = settings.Token.IsEmpty ? "missing: set MODELSCOPE_API_TOKEN" : Ok,
            ["gate"] = engine == Ok ? GatePart(gate) : "not known: the engine cannot be asked",
        };
        var isReady = parts.Values.All(part => part == Ok);
        return Results.Json(new { status = isReady ? "ready" : "not-ready", parts }, StoredJson.Options, statusCode: isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    // Only looked at: anybody may ask, and a gate that is not there begins with the next job.
    private static string GatePart(OrchestrationMetadata? gate) =>
        gate is { RuntimeStatus: OrchestrationRuntimeStatus.Suspended } ? $"suspended: resume the orchestration {UpstreamGate.InstanceId}" : Ok;

    private static async Task<string> TryAsync(Func<Task<string>> part)
    {
        try
        {
            return await part();
        }
        catch (RequestFailedException failure)
        {
            return $"not reachable (HTTP {failure.Status})";
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Whatever is wrong with a part is what this endpoint is asked for; the words may hold addresses, the type does not.
            return $"not working ({exception.GetType().Name})";
        }
    }
}
