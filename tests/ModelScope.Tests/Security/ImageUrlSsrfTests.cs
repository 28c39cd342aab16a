using Darkroom.ModelScope.Requests;
using Darkroom.TestKit.Security;

namespace Darkroom.ModelScope.Tests.Security;

/// <summary>
/// The URL of a picture to edit is sent on to ModelScope, which downloads it. Darkroom never connects to it, so the text is all that can be
/// checked.
/// </summary>
public sealed class ImageUrlSsrfTests
{
    [Fact]
    public void Problem_HostileText_IsReported()
    {
        string[] accepted = [.. HostileUrls.Literals.Where(url => ImageUrlRules.Problem(url) is null)];
        Assert.True(accepted.Length == 0, string.Join('\n', accepted));
    }

    [Theory]
    [InlineData("https://example.com/a%20b.png?x=1%2F2#part")]
    [InlineData("https://1.example.com/1")]
    [InlineData("https://8.8.8.8/a.png")]
    [InlineData("https://0x08080808/a.png")]
    [InlineData("https://[2606:4700::1111]/a.png")]
    [InlineData("https://[64:ff9b::808:808]/a.png")]
    [InlineData("https://straße.example/a.png")]
    [InlineData("https://例子.中国/a.png")]
    [InlineData("https://xn--bcher-kva.example/a.png")]
    [InlineData("https://example.com./a.png")]
    public void Problem_PublicAddress_IsNone(string url) => Assert.Null(ImageUrlRules.Problem(url));
}
