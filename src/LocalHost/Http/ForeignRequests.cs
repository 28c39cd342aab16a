using Microsoft.AspNetCore.Http;

namespace Darkroom.LocalHost.Http;

/// <summary>
/// What web pages of others make a browser send to this machine. Under a name that is not this machine's nothing is answered, because its
/// owner may
/// let it point here; and what can change something is refused when a page of another origin sends it. Functions decide that for
/// themselves.
/// </summary>
internal static class ForeignRequests
{
    private static readonly string[] Own = ["admin", "runtime"];

    /// <summary>Whether to refuse it.</summary>
    public static bool Is(HttpRequest request)
    {
        if (!Uri.TryCreate($"{request.Scheme}://{request.Host}", UriKind.Absolute, out var name) || !name.IsLoopback)
            return true;
        if (
            HttpMethods.IsGet(request.Method)
                || !Own.Any(part => request.Path.StartsWithSegments($"/{part}", StringComparison.OrdinalIgnoreCase)))
            return false;
        return request.Headers.Origin.ToString() is { Length: > 0 } origin
            ? !Uri.TryCreate(origin, UriKind.Absolute, out var page) || page.Authority != name.Authority
            : request.Headers["Sec-Fetch-Site"] == "cross-site";
    }
}
