using Darkroom.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Darkroom.Api;

/// <summary><c>GET /api/health/live</c> and <c>/ready</c>.</summary>
public sealed class HealthEndpoints(Readiness readiness)
{
    /// <summary>The process answers.</summary>
    [Function("Live")]
    public static IResult Live([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/health/live")] HttpRequest request) =>
        Results.Json(new { status = "live" });

    /// <summary>Everything a job needs is there; or what is not.</summary>
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
