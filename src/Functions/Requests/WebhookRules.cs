using System.Net;
using Darkroom.ModelScope.Requests;
using Darkroom.Settings;

namespace Darkroom.Requests;

/// <summary>
/// Which webhooks are accepted, and which addresses a delivery may connect to. When a request arrives, only its text is checked; nothing is
/// looked up.
/// </summary>
/// <param name="allowedNetworks">Private networks that may be reached, also over http.</param>
/// <param name="hasServiceSecret">Whether the service has a secret for webhooks without their own.</param>
public sealed partial class WebhookRules(IReadOnlyList<IPNetwork> allowedNetworks, bool hasServiceSecret)
{
    private const int LongestUrl = 2000;

    /// <summary>The rules of a service without settings for webhooks.</summary>
    public static WebhookRules Strict { get; } = new([], hasServiceSecret: false);

    /// <summary>
    /// The rules for stored requests, which were checked when they arrived. Changed settings must not make them invalid; each delivery
    /// checks the address again.
    /// </summary>
    internal static WebhookRules Stored { get; } =
        new([IPNetwork.Parse("0.0.0.0/0"), IPNetwork.Parse("::/0")], hasServiceSecret: true);

    /// <summary>The rules of this service.</summary>
    public static WebhookRules Of(DarkroomSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new WebhookRules(settings.WebhookAllowedNetworks, settings.WebhookSecrets.Count > 0);
    }

    /// <summary>Checks the settings of webhooks that depend on each other.</summary>
    /// <exception cref="InvalidOperationException">They do not fit. The message says which, without the address.</exception>
    public static DarkroomSettings Check(DarkroomSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.WebhookUrl is { } url && Of(settings).ReadUrl(url).Problems is [var problem, ..])
            throw new InvalidOperationException($"Some settings are wrong: Darkroom__WebhookUrl cannot be used. {problem.Message}");
        return settings;
    }

    /// <summary>Whether a delivery may connect to <paramref name="address"/>.</summary>
    public bool Allows(IPAddress address, bool isHttps)
    {
        ArgumentNullException.ThrowIfNull(address);
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return allowedNetworks.Any(network => network.Contains(plain)) || (isHttps && !PrivateNetworks.Contains(plain));
    }

    /// <summary>Returns one sentence that says why <paramref name="url"/> is refused; null if it is accepted.</summary>
    public string? UrlProblem(string? url)
    {
        if (string.IsNullOrWhiteSpace(url) || url.Length > LongestUrl || !Uri.TryCreate(url, UriKind.Absolute, out var uri)
                || uri.Scheme is not ("https" or "http") || uri.Host.Length == 0)
            return $"Must be an https address of at most {LongestUrl} characters.";
        if (uri.UserInfo.Length > 0)
            return "Must not contain a user name or password: webhooks are signed instead.";
        if (HostRules.Problem(url, uri) is { } problem)
            return problem;
        var isHttps = uri.Scheme == Uri.UriSchemeHttps;
        var literals = HostRules.Literals(uri);
        // A name may turn out to be in an allowed network; the delivery decides.
        if (literals.Count == 0)
            return isHttps || allowedNetworks.Count > 0
                ? null
                : "Must be https: http is only allowed to the networks of Darkroom__WebhookAllowedNetworks.";
        return literals.Any(address => Allows(address, isHttps))
            ? null
            : "Must be a public https address: private and loopback hosts are only allowed in the networks of "
                + "Darkroom__WebhookAllowedNetworks.";
    }
}
