namespace Darkroom.ModelScope.Pictures;

/// <summary>What may be fetched as a picture, and from where.</summary>
public sealed record PictureRules
{
    /// <summary>
    /// Hosts a picture may lie on: a name, <c>*.domain </c> for everything below it, with <c>:port </c> where it is not the usual one.
    /// </summary>
    public IReadOnlyList<string> Hosts { get; init; } = ["*.aliyuncs.com"];

    /// <summary>Whether http is accepted beside https.</summary>
    public bool AllowHttp { get; init; }

    /// <summary>The most bytes a picture may have. 50 MiB.</summary>
    public long MaxBytes { get; init; } = 50L << 20;

    /// <summary>The most pixels a picture may have. 64 million.</summary>
    public long MaxPixels { get; init; } = 64_000_000;

    /// <summary>How long the host may stay silent. 30 s.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a whole picture may take, however steadily it drips. 2 min.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// One sentence on why nothing may be fetched from <paramref name="link"/>; null when it may. The link itself is never repeated.
    /// </summary>
    public string? Refuses(Uri link)
    {
        ArgumentNullException.ThrowIfNull(link);
        if (!link.IsAbsoluteUri || link.Scheme is not ("https" or "http"))
            return "The picture's link is not a web address.";
        if (link.Scheme == "http" && !AllowHttp)
            return "The picture's link is not https.";
        if (link.UserInfo.Length > 0)
            return "The picture's link carries a user name.";
        return Hosts.Any(host => Matches(host, link)) ? null : "The picture lies on a host that is not allowed.";
    }

    private static bool Matches(string pattern, Uri link)
    {
        var (host, port) = SplitPort(pattern);
        if (port is { } wanted ? link.Port != wanted : !link.IsDefaultPort)
            return false;

        var name = link.IdnHost.TrimEnd('.');
        return host.StartsWith("*.", StringComparison.Ordinal)
            ? name.Length > host.Length - 1 && name.EndsWith(host[1..], StringComparison.OrdinalIgnoreCase)
            : name.Equals(host.Trim('[', ']'), StringComparison.OrdinalIgnoreCase);
    }

    private static (string Host, int? Port) SplitPort(string pattern)
    {
        var colon = pattern.LastIndexOf(':');
        // [::1] has colons and no port.
        return colon > 0 && !pattern.EndsWith(']')
            && int.TryParse(pattern.AsSpan(colon + 1), out var port) ? (pattern[..colon], port) : (pattern, null);
    }
}
