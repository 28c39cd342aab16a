using Azure;
using Darkroom.Generation;
using Darkroom.Settings;
using Darkroom.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Darkroom.Http;

/// <summary><c>GET /api/health/live</c> and <c>/ready</c>.</summary>
public sealed class HealthEndpoints(Containers containers, DarkroomSettings settings)
{
    /// <summary>The process answers.</summary>
    [Function("Live")]
    public static IResult Live([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/health/live")] HttpRequest request) => Results.Json(new { status = "live" });

    /// <summary>Everything a job needs is there; or what is not.</summary>
    [Function("Ready")]
    public async Task<IResult> ReadyAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/health/ready")] HttpRequest request, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["storage"] = await TryAsync(() => containers.Pictures.ExistsAsync(cancellation)),
            ["engine"] = await TryAsync(() => client.GetInstanceAsync("ready", cancellation)),
            ["token"] = settings.Token.IsEmpty ? "missing: set MODELSCOPE_API_TOKEN" : "ok",
            ["gate"] = await TryAsync(() => EnsureGate.StartAsync(client, cancellation)),
        };
        var isReady = parts.Values.All(part => part == "ok");
        return Results.Json(new { status = isReady ? "ready" : "not-ready", parts }, StoredJson.Options, statusCode: isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<string> TryAsync(Func<Task> part)
    {
        try
        {
            await part();
            return "ok";
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
