using Darkroom.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Darkroom.Api;

/// <summary><c>GET /api/health/live</c> and <c>/ready</c>.</summary>
public sealed class HealthEndpoints(Readiness readiness)
{
    /// <summary>Liveness: 200 as long as the process responds.</summary>
    [Function("Live")]
    public static IResult Live([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/health/live")] HttpRequest request) =>
        Results.Json(new { status = "live" });

    /// <summary>Readiness: 200 when everything that a job needs works, otherwise 503. The body has the state of each part.</summary>
    [Function("Ready")]
    public async Task<IResult> ReadyAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/health/ready")] HttpRequest request,
        [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var parts = await readiness.LookAsync(client, cancellation);
        var isReady = parts.Values.All(part => part == Readiness.Ok);
        return Results.Json(
            new { status = isReady ? "ready" : "not-ready", parts },
            StoredJson.Options,
            statusCode: isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
