using Microsoft.AspNetCore.Http;

namespace Darkroom.Api;

/// <summary>
/// Limits the time of a response. The host ends a function after ten minutes, together with its worker and everything else that runs
/// there.
/// </summary>
internal static class ResponseTimeout
{
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(9);

    /// <summary>Aborts a response that takes too long. The client can request the rest of a file by its range.</summary>
    public static void Limit(HttpContext http, TimeProvider time) =>
        http.Response.RegisterForDispose(time.CreateTimer(_ => http.Abort(), state: null, Longest, Timeout.InfiniteTimeSpan));
}
