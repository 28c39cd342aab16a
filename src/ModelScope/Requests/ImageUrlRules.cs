namespace Darkroom.ModelScope.Requests;

/// <summary>Decides which URLs may be sent to ModelScope as a picture to edit. Only the text is checked; no name is resolved.</summary>
public static class ImageUrlRules
{
    /// <summary>Returns one sentence that says why <paramref name="url"/> is refused, or null if it is allowed.</summary>
    public static string? Problem(string? url)
    {
        if (string.IsNullOrWhiteSpace(url))
            return "Must be an https address or a data: URL.";

        if (url.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            return url.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase) && url.Contains(',', StringComparison.Ordinal)
                ? null
                : "A data: URL must hold a picture: data:image/png;base64,…";
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttps || uri.Host.Length == 0)
            return "Must be an https address or a data: URL.";
        if (uri.UserInfo.Length > 0)
            return "Must not contain a user name or password.";
        if (HostRules.Problem(url, uri) is { } problem)
            return problem;
        return HostRules.Literals(uri).Any(PrivateNetworks.Contains)
            ? "Must be a public address: upstream cannot reach a private or loopback host."
            : null;
    }
}
