using System.Net;
using System.Text;
using Darkroom.Fuzz.Cases;
using Darkroom.ModelScope.Requests;
using Darkroom.ModelScope.Wire;
using Darkroom.Requests;
using Darkroom.Settings;

namespace Darkroom.Fuzz.Targets;

/// <summary>Addresses from callers and settings: webhooks, pictures to edit, the base address; and the secrets of webhooks.</summary>
internal sealed class WebhookUrlsTarget : FuzzTarget
{
    private static readonly WebhookRules Strict = new([], hasServiceSecret: true);
    private static readonly WebhookRules Open = new([IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("fd00::/8")], hasServiceSecret: false);

    public override string Name => TargetNames.WebhookUrls;

    public override IReadOnlyList<string> Words => ["webhooks"];

    public override int Longest => 64 << 10;

    // Eight readers parse the text as a URL, each with several copies of it.
    public override long AllocationPerByte => 400;

    public override Task RunAsync(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        if (Strict.UrlProblem(text) is null)
            CheckPublic(text);
        if (ImageUrlRules.Problem(text) is null && !text.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
            CheckPublic(text);
        if (Open.UrlProblem(text) is null)
            CheckSendable(text);
        Strict.ReadUrl(text);
        Rule.Holds(BaseUrl.Read(text, out var problem) is null == problem is not null, "A base address is read or has a problem.");
        if (WebhookSecret.TryRead(text) is { } secret)
            Rule.Holds(secret.Sign(input).Length == 32, "A secret signs.");
        WebhookSecret.ReadList(text);
        return Task.CompletedTask;
    }

    private static void CheckPublic(string text)
    {
        var url = CheckSendable(text);
        Rule.Holds(url.Scheme == Uri.UriSchemeHttps && !url.IsLoopback, "An accepted address is https and not this machine.");
        var host = url.IdnHost.Trim('[', ']').TrimEnd('.');
        Rule.Holds(
            !IPAddress.TryParse(host, out var address) || !PrivateNetworks.Contains(address), "An accepted address is not private.");
        // A second reader, which knows nothing of Uri: what is between the slashes is the host.
        var authority = text["https://".Length..].Split('/', '?', '#')[0];
        if (authority.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-'))
            Rule.Holds(
                url.HostNameType == UriHostNameType.IPv4 || url.Host.Equals(authority, StringComparison.OrdinalIgnoreCase),
                "Two readers see the same host.");
    }

    private static Uri CheckSendable(string text)
    {
        var url = new Uri(text);
        using var message = new HttpRequestMessage(HttpMethod.Post, url);
        Rule.Holds(message.RequestUri!.IdnHost.Length > 0 && url.UserInfo.Length == 0, "An accepted address can be sent to.");
        return url;
    }
}
