using Darkroom.ModelScope.Pictures;

namespace Darkroom.ModelScope.Tests.Pictures;

public sealed class PictureRulesTests
{
    [Theory]
    [InlineData("https://muse-ai.oss-cn-hangzhou.aliyuncs.com/img/a.png", true)]
    [InlineData("https://MUSE-AI.OSS-CN-HANGZHOU.ALIYUNCS.COM/img/a.png", true)]
    [InlineData("https://muse-ai.oss-cn-hangzhou.aliyuncs.com./img/a.png", true)]
    [InlineData("http://muse-ai.oss-cn-hangzhou.aliyuncs.com/img/a.png", false)]
    [InlineData("https://muse-ai.oss-cn-hangzhou.aliyuncs.com:8443/img/a.png", false)]
    [InlineData("https://user@muse-ai.oss-cn-hangzhou.aliyuncs.com/img/a.png", false)]
    [InlineData("https://aliyuncs.com/img/a.png", false)]
    [InlineData("https://evilaliyuncs.com/img/a.png", false)]
    [InlineData("https://aliyuncs.com.evil.example/img/a.png", false)]
    [InlineData("https://127.0.0.1/img/a.png", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("https://xn--ß.aliyuncs.com/img/a.png", false)]
    public void Refuses_DefaultRules_AllowsOnlyAliyuncsOverHttps(string link, bool allowed) =>
        Assert.Equal(allowed, new PictureRules().Refuses(new Uri(link)) is null);

    [Theory]
    [InlineData("127.0.0.1:7091", "http://127.0.0.1:7091/a.png", true)]
    [InlineData("127.0.0.1:7091", "http://127.0.0.1:7092/a.png", false)]
    [InlineData("127.0.0.1", "http://127.0.0.1:7091/a.png", false)]
    [InlineData("[::1]:7091", "http://[::1]:7091/a.png", true)]
    [InlineData("cdn.example.com", "https://cdn.example.com/a.png", true)]
    [InlineData("cdn.example.com", "https://a.cdn.example.com/a.png", false)]
    [InlineData("*.example.com", "https://a.b.example.com/a.png", true)]
    public void Refuses_ConfiguredHost_MatchesNameAndPort(string host, string link, bool allowed) =>
        Assert.Equal(allowed, new PictureRules { Hosts = [host], AllowHttp = true }.Refuses(new Uri(link)) is null);
}
