using Microsoft.AspNetCore.Http;

namespace Darkroom.LocalHost.Http;

/// <summary>
/// Detects requests that a web page of another site makes a browser send to this machine. A request for a host name other than this
/// machine's is refused, because the owner of that name can point it at 127.0.0.1 (DNS rebinding). Under the host's own paths, a request
/// other than GET is also refused if it comes from a page of another origin. Functions check the origin themselves.
/// </summary>
internal static class ForeignRequests
{
    private static readonly string[] Own = ["admin", "runtime"];

    /// <summary>Whether the host must refuse the request.</summary>
    public static bool Is(HttpRequest request)
    {
        if (!Uri.TryCreate($"{request.Scheme}://{request.Host.Value}", UriKind.Absolute, out var name) || !name.IsLoopback)
            return true;
        if (HttpMethods.IsGet(request.Method)
                || !Own.Any(part => request.Path.StartsWithSegments($"/{part}", StringComparison.OrdinalIgnoreCase)))
            return false;
        return request.Headers.Origin.ToString() is { Length: > 0 } origin
            ? !Uri.TryCreate(origin, UriKind.Absolute, out var page) || page.Authority != name.Authority
            : request.Headers["Sec-Fetch-Site"] == "cross-site";
    }
}
