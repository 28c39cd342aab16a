using Microsoft.AspNetCore.Http;
using Microsoft.Azure.WebJobs;

namespace Darkroom.LocalHost.Http;

/// <summary><c>POST /admin/functions/{name}</c> with <c>{"input": …}</c> runs a function by hand, as with Core Tools: a timer before its time, for example.</summary>
internal static class AdminEndpoint
{
    /// <summary>The endpoint.</summary>
    public static Endpoint Of(IJobHost host, AccessKey key, IReadOnlyCollection<string> functions) =>
        HttpServer.Endpoint("Run by hand", "admin/functions/{name}", ["POST"], async http =>
        {
            var name = (string)http.Request.RouteValues["name"]!;
            if (!key.Admits(http.Request))
            {
                http.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return;
            }

            if (!functions.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }

            // Answered at once, like the real one: a function may run for long.
            _ = host.CallAsync(name, new Dictionary<string, object>(), CancellationToken.None);
            http.Response.StatusCode = StatusCodes.Status202Accepted;
            await Task.CompletedTask;
        });
}
