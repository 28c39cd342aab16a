namespace Darkroom.Api;

/// <summary>
/// Decides whether a web page of another site may have caused a request. A local server needs no key, so any page that is open in the
/// browser could spend the account's credits. Where people sign in, the browser would send the request with their rights. The decision is
/// a pure function.
/// </summary>
/// <param name="allowed">Origins whose pages may send requests, such as <c>https://studio.example</c>.</param>
/// <param name="isPublic">Whether the app may be reached under any host name; keys or a sign-in protect it then.</param>
public sealed class WebOrigins(IReadOnlyList<string> allowed, bool isPublic)
{
    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>The reason for a refusal; null when the request is allowed.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="scheme">The scheme of the request.</param>
    /// <param name="host">The Host header.</param>
    /// <param name="origin">The Origin header: the origin of the page that sends the request.</param>
    /// <param name="fetchSite">The Sec-Fetch-Site header: how that page is related to this service.</param>
    public string? Refusal(string method, string scheme, string? host, string? origin, string? fetchSite)
    {
        var name = $"{scheme}://{host}";
        // DNS rebinding: an attacker can point a host name to this machine. The attacker's page then has the same origin as this service,
        // and only the host name reveals it.
        if (!isPublic && !IsLoopback(name) && !IsAllowed(name))
            return $"This service accepts only localhost as its host, not {host}. To allow it, add {name} to Darkroom__WebOrigins.";
        if (method is "GET" or "HEAD" or "OPTIONS")
            return null;
        if (origin is { Length: > 0 })
            return IsSame(origin, name) || IsAllowed(origin)
                ? null
                : $"A page of {origin} may not send this request. To allow it, add the origin to Darkroom__WebOrigins.";
        return fetchSite == "cross-site"
            ? "A page of another site may not send this request. To allow it, add its origin to Darkroom__WebOrigins."
            : null;
    }

    private bool IsAllowed(string origin) => allowed.Any(one => IsSame(one, origin));

    private static bool IsLoopback(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && Loopback.Contains(uri.Host, StringComparer.OrdinalIgnoreCase);

    // Schemes are not compared, because a proxy may have removed TLS. The default ports of both schemes count as equal.
    private static bool IsSame(string one, string other) =>
        Uri.TryCreate(one, UriKind.Absolute, out var first) && Uri.TryCreate(other, UriKind.Absolute, out var second)
        && first.Host.Equals(second.Host, StringComparison.OrdinalIgnoreCase)
            && (first.Port == second.Port || (first.IsDefaultPort && second.IsDefaultPort));
}
