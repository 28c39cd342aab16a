using Darkroom.ModelScope.Requests;

namespace Darkroom.ModelScope.Pictures;

/// <summary>The limits and the allowed hosts of picture downloads.</summary>
public sealed record PictureRules
{
    /// <summary>
    /// The allowed hosts: a host name, or <c>*.domain</c> for all its subdomains, which must have public addresses. A port other than the
    /// scheme's default port is appended as <c>:port</c>.
    /// </summary>
    public IReadOnlyList<string> Hosts { get; init; } = ["*.aliyuncs.com"];

    /// <summary>Whether http is allowed in addition to https.</summary>
    public bool AllowHttp { get; init; }

    /// <summary>The maximum size of a picture in bytes. The default is 50 MiB.</summary>
    public long MaxBytes { get; init; } = 50L << 20;

    /// <summary>The maximum number of pixels of a picture. The default is 64 million.</summary>
    public long MaxPixels { get; init; } = 64_000_000;

    /// <summary>The maximum pause between two bytes. The default is 30 s.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The maximum duration of a download. The default is 2 min.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Returns one sentence that says why <paramref name="link"/> must not be downloaded, or null if it is allowed. The sentence never
    /// contains the link.
    /// </summary>
    public string? Refuses(Uri link)
    {
        ArgumentNullException.ThrowIfNull(link);
        if (!link.IsAbsoluteUri || link.Scheme is not ("https" or "http"))
            return "The picture's link is not a web address.";
        if (link.Scheme == "http" && !AllowHttp)
            return "The picture's link is not https.";
        if (link.UserInfo.Length > 0)
            return "The picture's link contains a user name.";
        return Hosts.Any(host => Matches(host, link)) ? null : "The picture's host is not in the list of allowed hosts.";
    }

    /// <summary>Whether the host of <paramref name="link"/> is listed by its full name, not only as a subdomain.</summary>
    internal bool Names(Uri link) => Hosts.Any(host => !host.StartsWith("*.", StringComparison.Ordinal) && Matches(host, link));

    private static bool Matches(string pattern, Uri link)
    {
        var (host, port) = SplitPort(pattern);
        if (port is { } wanted ? link.Port != wanted : !link.IsDefaultPort)
            return false;

        if (HostRules.AsciiHost(link)?.TrimEnd('.') is not { } name)
            return false;
        return host.StartsWith("*.", StringComparison.Ordinal)
            ? name.Length > host.Length - 1 && name.EndsWith(host[1..], StringComparison.OrdinalIgnoreCase)
            : name.Equals(host.Trim('[', ']'), StringComparison.OrdinalIgnoreCase);
    }

    private static (string Host, int? Port) SplitPort(string pattern)
    {
        var colon = pattern.LastIndexOf(':');
        // An IPv6 address such as [::1] contains colons but no port.
        return colon > 0 && !pattern.EndsWith(']')
            && int.TryParse(pattern.AsSpan(colon + 1), out var port) ? (pattern[..colon], port) : (pattern, null);
    }
}
