namespace Darkroom.Api;

/// <summary>
/// Whether a request may be one that a web page of somebody else makes a browser send. On one's own machine nobody needs a key, so any page
/// could
/// spend the account's credits; and where people sign in, it would be sent with their rights. A pure decision.
/// </summary>
/// <param name="allowed">Origins such as <c>https://studio.example</c> whose pages may send what they like.</param>
/// <param name="isPublic">Whether the app is meant to be reached from elsewhere, under any name; then keys or a sign-in protect it.</param>
public sealed class WebOrigins(IReadOnlyList<string> allowed, bool isPublic)
{
    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>Why it is refused; null when it is not.</summary>
    /// <param name="method">Its method.</param>
    /// <param name="scheme">How it came.</param>
    /// <param name="host">The name and port under which the caller knows this service.</param>
    /// <param name="origin">The origin of the page that sends it, as browsers say.</param>
    /// <param name="fetchSite">How that page is related to this service, as browsers say.</param>
    public string? Refusal(string method, string scheme, string? host, string? origin, string? fetchSite)
    {
        var name = $"{scheme}://{host}";
        // A name that its owner lets point to this machine makes his page the same origin: then only the name tells.
        if (!isPublic && !IsLoopback(name) && !IsAllowed(name))
            return $"This service is known on its own machine only, not as {host}. Darkroom__WebOrigins can list {name}.";
        if (method is "GET" or "HEAD" or "OPTIONS")
            return null;
        if (origin is { Length: > 0 })
            return IsSame(origin, name)
                || IsAllowed(origin) ? null : $"A page of {origin} may not send this. Darkroom__WebOrigins can list that origin.";
        return fetchSite == "cross-site" ? "A page of another site may not send this. Darkroom__WebOrigins can list its origin." : null;
    }

    private bool IsAllowed(string origin) => allowed.Any(one => IsSame(one, origin));

    private static bool IsLoopback(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && Loopback.Contains(uri.Host, StringComparer.OrdinalIgnoreCase);

    // A proxy may have taken the encryption off: host and port decide, and a port that goes without saying is that of either scheme.
    private static bool IsSame(string one, string other) =>
        Uri.TryCreate(one, UriKind.Absolute, out var first) && Uri.TryCreate(other, UriKind.Absolute, out var second)
        && first.Host.Equals(second.Host, StringComparison.OrdinalIgnoreCase)
            && (first.Port == second.Port || (first.IsDefaultPort && second.IsDefaultPort));
}
