using System.Net;
using Darkroom.ModelScope.Wire;
using Darkroom.Requests;
using Darkroom.TestKit.Security;
using Darkroom.Webhooks;

namespace Darkroom.Functions.Tests.Security;

/// <summary>No webhook reaches an address that is not public: neither by its text, nor by its name, nor by a name that changes.</summary>
public sealed class WebhookSsrfTests
{
    private static readonly IPAddress Public = IPAddress.Parse("8.8.8.8");

    [Fact]
    public void UrlProblem_HostileText_IsReported()
    {
        string[] accepted = [.. HostileUrls.Literals.Where(url => WebhookRules.Strict.UrlProblem(url) is null)];
        Assert.True(accepted.Length == 0, string.Join('\n', accepted));
    }

    [Fact]
    public async Task Post_HostileText_DoesNotConnect()
    {
        // As if the rules for the text had not been there.
        foreach (var url in HostileUrls.Literals.Where(IsWebAddress))
            await AssertNotConnectedAsync(url, new NetworkStandIn([IPAddress.Loopback]));
    }

    [Fact]
    public async Task Post_NameWithAPrivateAddress_DoesNotConnect()
    {
        foreach (var (url, addresses) in HostileUrls.Names)
            await AssertNotConnectedAsync(url, new NetworkStandIn(addresses));
    }

    [Fact]
    public async Task Post_NameThatBecomesPrivate_ConnectsOnlyWhileItIsPublic()
    {
        foreach (var (url, addresses) in HostileUrls.Names)
        {
            var network = new NetworkStandIn([Public], addresses);
            using var client = Client(network);
            Assert.Null(WebhookRules.Strict.UrlProblem(url));
            await PostAsync(client, url);
            await PostAsync(client, url);
            Assert.Equal(2, network.LookUps);
            Assert.Equal([new IPEndPoint(Public, 443)], network.Connections);
        }
    }

    [Fact]
    public async Task Post_AllowedNetworks_DoNotOpenOtherPrivateAddresses()
    {
        var rules = new WebhookRules([IPNetwork.Parse("10.1.0.0/16")], hasServiceSecret: true);
        foreach (var (url, addresses) in HostileUrls.Names)
        {
            var network = new NetworkStandIn(addresses);
            using var client = Client(network, rules);
            await PostAsync(client, url);
            Assert.DoesNotContain(network.Connections, connection => !rules.Allows(connection.Address, isHttps: true));
        }
    }

    private static async Task AssertNotConnectedAsync(string url, NetworkStandIn network)
    {
        using var client = Client(network);
        await PostAsync(client, url);
        Assert.True(network.Connections.Count == 0, $"{url} was connected to: {string.Join(", ", network.Connections)}");
    }

    private static bool IsWebAddress(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri.Host.Length > 0;

    private static async Task PostAsync(WebhookClient client, string url)
    {
        var outcome = await client.PostAsync(
            new WebhookTarget(new Uri(url), []), "msg_1", BinaryData.FromString("{}"), CancellationToken.None);
        Assert.IsType<SendOutcome.NoAnswer>(outcome);
    }

    private static WebhookClient Client(NetworkStandIn network, WebhookRules? rules = null) => new(
        new WebhookConnections(rules ?? WebhookRules.Strict, new CheckedConnections(network.LookUpAsync, network.OpenAsync)),
        TimeProvider.System);
}
