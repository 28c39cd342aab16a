using System.Net;
using Darkroom.ModelScope.Wire;
using Darkroom.Requests;
using Darkroom.Webhooks;

namespace Darkroom.Functions.Tests.Webhooks;

/// <summary>Which addresses a delivery connects to, after the name was resolved.</summary>
public sealed class WebhookConnectionsTests
{
    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("8.8.8.8 2606:4700::1111")]
    public async Task Addresses_AllPublic_AreUsed(string resolved) =>
        Assert.Equal(resolved.Split(' ').Length, (await AddressesAsync("example.com", resolved)).Count);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("::1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("fe80::1")]
    [InlineData("8.8.8.8 10.0.0.1")]
    [InlineData("2606:4700::1111 8.8.8.8 ::1")]
    [InlineData("0.0.0.0")]
    [InlineData("64:ff9b::7f00:1")]
    public async Task Addresses_OneIsPrivate_AreRefused(string resolved)
    {
        var failure = await Assert.ThrowsAsync<RefusedAddressException>(() => AddressesAsync("example.com", resolved));
        Assert.DoesNotContain(resolved.Split(' ')[^1], failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Addresses_NameWithoutAddresses_IsRefused() =>
        await Assert.ThrowsAsync<RefusedAddressException>(() => AddressesAsync("example.com", ""));

    [Theory]
    [InlineData("10.1.0.9", "10.1.0.0/16", true)]
    [InlineData("10.2.0.9", "10.1.0.0/16", false)]
    [InlineData("8.8.8.8", "10.1.0.0/16", false)]
    [InlineData("8.8.8.8 10.1.0.9", "10.1.0.0/16", false)]
    public async Task Addresses_Http_MustBeInAnAllowedNetwork(string resolved, string network, bool isAllowed)
    {
        var connections = Connections(resolved, network);
        if (isAllowed)
            Assert.Single(await connections.AddressesAsync("hooks.internal", isHttps: false, CancellationToken.None));
        else
            await Assert.ThrowsAsync<RefusedAddressException>(
                () => connections.AddressesAsync("hooks.internal", isHttps: false, CancellationToken.None));
    }

    [Theory]
    [InlineData("127.0.0.0/8", "127.0.0.1")]
    [InlineData("::1/128", "::1")]
    public async Task Addresses_Localhost_AreTheAllowedOnesWithoutALookup(string network, string address) =>
        Assert.Equal(
            [IPAddress.Parse(address)],
            await Connections("8.8.8.8", network).AddressesAsync("localhost", isHttps: false, CancellationToken.None));

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("::1")]
    [InlineData("localhost")]
    public async Task Addresses_PrivateLiteral_IsRefusedAlsoIfTheRequestWasAccepted(string host) =>
        await Assert.ThrowsAsync<RefusedAddressException>(() => AddressesAsync(host, "8.8.8.8"));

    [Fact]
    public async Task Connect_NameThatChangesItsAddress_IsLookedUpOnce()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var lookups = 0;
        var connections = new WebhookConnections(
            new WebhookRules([IPNetwork.Parse("127.0.0.0/8")], hasServiceSecret: true),
            new CheckedConnections(
                (_, _) => Task.FromResult<IPAddress[]>([lookups++ == 0 ? IPAddress.Loopback : IPAddress.Parse("10.0.0.1")]),
                CheckedConnections.OpenAsync));
        using var handler = new SocketsHttpHandler { ConnectCallback = connections.ConnectAsync, UseProxy = false };
        using var http = new HttpClient(handler);
        var answer = http.GetAsync($"http://rebinding.example:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        using var connection = await listener.AcceptTcpClientAsync();
        Assert.Equal(1, lookups);
        Assert.Equal(IPAddress.Loopback, ((IPEndPoint)connection.Client.LocalEndPoint!).Address);
        await connection.GetStream().WriteAsync("HTTP/1.1 204 No Content\r\n\r\n"u8.ToArray());
        Assert.Equal(HttpStatusCode.NoContent, (await answer).StatusCode);
    }

    private static Task<IReadOnlyList<IPAddress>> AddressesAsync(string host, string resolved) =>
        Connections(resolved).AddressesAsync(host, isHttps: true, CancellationToken.None);

    private static WebhookConnections Connections(string resolved, params string[] networks) => new(
        new WebhookRules([.. networks.Select(network => IPNetwork.Parse(network))], hasServiceSecret: true),
        new CheckedConnections(
            (_, _) => Task.FromResult<IPAddress[]>(
                [.. resolved.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(address => IPAddress.Parse(address))]),
            CheckedConnections.OpenAsync));
}
