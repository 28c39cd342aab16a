using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Darkroom.Api.Events;

/// <summary>What every stream of Server-Sent Events begins with, and what keeps it open.</summary>
internal static class EventStream
{
    /// <summary>
    /// After so much silence a comment is sent: Azure's load balancer closes a connection after four minutes of silence, many proxies after
    /// one.
    /// </summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(15);

    /// <summary>A comment, which clients ignore.</summary>
    public static readonly ReadOnlyMemory<byte> Comment = ":\n\n"u8.ToArray();

    /// <summary>Sets the headers, and turns off everything that would hold events back.</summary>
    public static void Prepare(HttpContext http)
    {
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-cache,no-store";
        // This header turns off the response buffering of proxies such as nginx.
        http.Response.Headers["X-Accel-Buffering"] = "no";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }
}
