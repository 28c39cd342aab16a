using Microsoft.AspNetCore.Http;

namespace Darkroom.Api;

/// <summary>
/// A function that runs for ten minutes is ended together with its worker, and with everything else that runs there: no answer takes so
/// long.
/// </summary>
internal static class ResponseTimeout
{
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(9);

    /// <summary>Breaks off an answer that takes too long; what is missing of a file can be asked for by its range.</summary>
    public static void Limit(HttpContext http, TimeProvider time) =>
        http.Response.RegisterForDispose(time.CreateTimer(_ => http.Abort(), state: null, Longest, Timeout.InfiniteTimeSpan));
}
