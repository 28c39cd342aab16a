using System.Text.Json;
using Darkroom.LocalHost.Functions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.WebJobs;

namespace Darkroom.LocalHost.Http;

/// <summary>
/// <c>POST /admin/functions/{name}</c> with <c>{"input": "…"}</c>: runs a function by hand, such as one with a timer or queue trigger.
/// </summary>
internal static class AdminEndpoint
{
    public static Endpoint Of(IJobHost host, AccessKey key, IReadOnlyCollection<Function> functions) =>
        HttpServer.Endpoint("Run by hand", "admin/functions/{name}", ["POST"], async http =>
        {
            if (!key.Admits(http.Request))
            {
                http.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return;
            }

            var function = functions.FirstOrDefault(
                one => string.Equals(one.Name, (string)http.Request.RouteValues["name"]!, StringComparison.OrdinalIgnoreCase));
            if (function is null)
            {
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }

            var (isRead, input) = await TryReadAsync(http.Request);
            if (!isRead)
            {
                http.Response.StatusCode = StatusCodes.Status400BadRequest;
                await http.Response.WriteAsync("The body must be JSON: {\"input\": \"the value of the trigger\"}, or {}.");
                return;
            }

            // Answer at once, as Azure does, because a function may run for long. The log shows the outcome.
            var arguments = new Dictionary<string, object> { [function.Trigger.Name] = input ?? "" };
            _ = host.CallAsync(function.Name, arguments, CancellationToken.None);
            http.Response.StatusCode = StatusCodes.Status202Accepted;
        });

    private static async Task<(bool IsRead, string? Input)> TryReadAsync(HttpRequest request)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body);
            if (body.RootElement.ValueKind != JsonValueKind.Object)
                return (false, null);
            return body.RootElement.TryGetProperty("input", out var input)
                ? (true, input.ValueKind is JsonValueKind.String or JsonValueKind.Null ? input.GetString() : input.GetRawText())
                : (true, null);
        }
        catch (JsonException)
        {
            return (false, null);
        }
    }
}
