using System.Net;
using System.Text;
using Darkroom.ModelScope.Failures;
using Darkroom.ModelScope.Pictures;
using Darkroom.ModelScope.Tasks;
using Darkroom.ModelScope.Wire;
using Darkroom.TestKit;
using Darkroom.TestKit.Security;

namespace Darkroom.ModelScope.Tests.Security;

/// <summary>A picture link, or what it redirects to, never makes the client connect to an address that is not public.</summary>
public sealed class PictureSsrfTests
{
    private static readonly IPAddress Public = IPAddress.Parse("47.110.23.1");
    private static readonly Uri Link = new("https://bucket.oss-cn-hangzhou.aliyuncs.com/a.png");

    [Fact]
    public async Task OpenPicture_HostileLink_IsRejectedWithoutALookup()
    {
        foreach (var link in HostileUrls.Literals.Concat(HostileUrls.NoPictureHosts).Concat(HostileUrls.Names.Select(name => name.Url)))
        {
            if (!Uri.TryCreate(link, UriKind.Absolute, out var url))
                continue;
            var network = new NetworkStandIn([Public]);
            using var client = Client(network);
            await Assert.ThrowsAsync<PictureRejectedException>(() => client.OpenPictureAsync(PictureSource.At(url)));
            Assert.True(network.LookUps == 0, $"{link} was looked up.");
            Assert.Empty(network.Connections);
        }
    }

    [Fact]
    public async Task OpenPicture_AllowedNameWithAPrivateAddress_FailsWithoutAConnection()
    {
        foreach (var (_, addresses) in HostileUrls.Names)
        {
            var network = new NetworkStandIn(addresses);
            using var client = Client(network);
            var failure = await Assert.ThrowsAsync<PictureUnavailableException>(() => client.OpenPictureAsync(PictureSource.At(Link)));
            Assert.Contains("private address", failure.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(addresses, address => failure.Message.Contains($"{address}", StringComparison.Ordinal));
            Assert.Equal(1, network.LookUps);
            Assert.Empty(network.Connections);
        }
    }

    [Fact]
    public async Task OpenPicture_NameThatBecomesPrivate_ConnectsOnlyWhileItIsPublic()
    {
        foreach (var (_, addresses) in HostileUrls.Names)
        {
            var network = new NetworkStandIn([Public], addresses);
            using var client = Client(network);
            await Assert.ThrowsAsync<PictureUnavailableException>(() => client.OpenPictureAsync(PictureSource.At(Link)));
            var second = await Assert.ThrowsAsync<PictureUnavailableException>(() => client.OpenPictureAsync(PictureSource.At(Link)));
            Assert.Contains("private address", second.Message, StringComparison.Ordinal);
            Assert.Equal([new IPEndPoint(Public, 443)], network.Connections);
        }
    }

    [Fact]
    public async Task OpenPicture_HostileRedirect_IsNotFollowed()
    {
        foreach (var link in HostileUrls.Literals.Concat(HostileUrls.NoPictureHosts).Where(IsHeader))
        {
            var redirect = $"HTTP/1.1 302 Found\r\nLocation: {link}\r\nContent-Length: 0\r\n\r\n";
            await using var server = new RawServer(Encoding.UTF8.GetBytes(redirect));
            var connected = new List<IPEndPoint>();
            using var client = Client(
                new CheckedConnections((_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]), (address, cancellation) =>
                {
                    connected.Add(address);
                    return CheckedConnections.OpenAsync(address, cancellation);
                }),
                new PictureRules { Hosts = ["*.aliyuncs.com", server.Authority], AllowHttp = true });
            // A Location that is no URL is a failure of the host. An http link to aliyuncs.com is allowed here, but its address is not.
            await Assert.ThrowsAnyAsync<ModelScopeException>(() => client.OpenPictureAsync(PictureSource.At(new Uri(server.Url))));
            Assert.All(connected, address => Assert.Equal(server.Authority, $"{address}"));
        }
    }

    [Theory]
    [InlineData("https", 1)]
    [InlineData("http", 0)]
    public async Task OpenPicture_AddressOfALocalProxy_IsAllowedWithHttpsOnly(string scheme, int connections)
    {
        var network = new NetworkStandIn([IPAddress.Parse("198.18.0.7")]);
        using var client = Client(
            new CheckedConnections(network.LookUpAsync, network.OpenAsync), new PictureRules { AllowHttp = true });
        await Assert.ThrowsAsync<PictureUnavailableException>(
            () => client.OpenPictureAsync(PictureSource.At(new Uri($"{scheme}://bucket.oss-cn-hangzhou.aliyuncs.com/a.png"))));
        Assert.Equal(connections, network.Connections.Count);
    }

    [Fact]
    public async Task OpenPicture_HostListedByItsFullName_MayBePrivate()
    {
        var network = new NetworkStandIn([IPAddress.Parse("10.0.0.1")]);
        using var client = Client(
            new CheckedConnections(network.LookUpAsync, network.OpenAsync), new PictureRules { Hosts = ["pictures.internal"] });
        await Assert.ThrowsAsync<PictureUnavailableException>(
            () => client.OpenPictureAsync(PictureSource.At(new Uri("https://pictures.internal/a.png"))));
        Assert.Single(network.Connections);
    }

    private static bool IsHeader(string text) => text.All(letter => letter is >= ' ' and not '\u007f') && text.Trim() == text;

    private static ModelScopeClient Client(NetworkStandIn network) =>
        Client(new CheckedConnections(network.LookUpAsync, network.OpenAsync), new PictureRules());

    private static ModelScopeClient Client(CheckedConnections connections, PictureRules rules) =>
        new(new ModelScopeOptions { Pictures = rules }, TimeProvider.System, connections);
}
