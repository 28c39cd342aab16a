using Darkroom.ModelScope.Requests;
using Darkroom.TestKit.Security;

namespace Darkroom.Functions.Tests.Security;

/// <summary>Checks that the corpus is as large as docs/security.md says, and that its names have an address that is not public.</summary>
public sealed class SsrfCorpusTests
{
    [Fact]
    public void HostileUrls_AreManyAndDistinct()
    {
        string[] all = [.. HostileUrls.Literals, .. HostileUrls.Names.Select(name => name.Url), .. HostileUrls.NoPictureHosts];
        Assert.True(all.Length >= 400, $"There are only {all.Length} addresses.");
        Assert.Equal(all.Length, all.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void HostileUrls_Names_HaveAnAddressThatIsNotPublic() =>
        Assert.All(HostileUrls.Names, name => Assert.Contains(name.Addresses, PrivateNetworks.Contains));
}
