using System.Net;
using System.Text.Json;
using Darkroom.Requests;

namespace Darkroom.Functions.Tests.Webhooks;

/// <summary>Which webhooks a request may name.</summary>
public sealed class WebhookRulesTests
{
    private static readonly WebhookRules Open = new(
        [IPNetwork.Parse("10.1.0.0/16"), IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("fd00:1::/32")], hasServiceSecret: true);

    [Theory]
    [InlineData("https://example.com/hook")]
    [InlineData("https://example.com:8443/hook?tenant=1#part")]
    [InlineData("https://8.8.8.8/hook")]
    [InlineData("https://[2606:4700::1111]/hook")]
    [InlineData("https://172.32.0.1/")]
    [InlineData("https://100.128.0.1/")]
    [InlineData("https://localhost.example.com/")]
    [InlineData("https://127.0.0.1.example.com/")]
    [InlineData("https://bücher.example/hook")]
    [InlineData("https://例子.中国/hook")]
    [InlineData("HTTPS://EXAMPLE.COM/hook")]
    public void UrlProblem_PublicHttps_IsNone(string url) => Assert.Null(WebhookRules.Strict.UrlProblem(url));

    [Theory]
    [InlineData("http://example.com/hook")]
    [InlineData("http://8.8.8.8/hook")]
    [InlineData("ftp://example.com/hook")]
    [InlineData("ws://example.com/hook")]
    [InlineData("gopher://example.com/hook")]
    [InlineData("file:///etc/passwd")]
    [InlineData("data:text/plain,hook")]
    [InlineData("javascript:alert(1)")]
    [InlineData("example.com/hook")]
    [InlineData("//example.com/hook")]
    [InlineData("/hook")]
    [InlineData("https://")]
    [InlineData("https:///hook")]
    [InlineData("https://exa mple.com/")]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData(null)]
    [InlineData("https://user:password@example.com/")]
    [InlineData("https://user@example.com/")]
    [InlineData("https://example.com@127.0.0.1/")]
    public void UrlProblem_NoPublicHttpsAddress_IsReported(string? url) => Assert.NotNull(WebhookRules.Strict.UrlProblem(url));

    [Fact]
    public void UrlProblem_VeryLongUrl_IsReported() =>
        Assert.NotNull(WebhookRules.Strict.UrlProblem($"https://example.com/{new string('a', 2000)}"));

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST")]
    [InlineData("localhost.")]
    [InlineData("a.localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1.")]
    [InlineData("127.255.255.254")]
    [InlineData("xn--ß")]
    [InlineData("127.1")]
    [InlineData("127.0.1")]
    [InlineData("2130706433")]
    [InlineData("0x7f000001")]
    [InlineData("0x7F.0x0.0x0.0x1")]
    [InlineData("0x7f.1")]
    [InlineData("0177.0.0.1")]
    [InlineData("017700000001")]
    [InlineData("00000177.0.0.1")]
    [InlineData("１２７.0.0.1")]
    [InlineData("127。0。0。1")]
    [InlineData("①②⑦.0.0.1")]
    [InlineData("𝟏𝟐𝟕.0.0.1")]
    [InlineData("ⓛocalhost")]
    [InlineData("ｌocalhost")]
    [InlineData("10.0.0.1")]
    [InlineData("10.255.255.255")]
    [InlineData("167772161")]
    [InlineData("0xA000001")]
    [InlineData("012.0.0.1")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("192.168.257")]
    [InlineData("0xc0a80101")]
    [InlineData("169.254.169.254")]
    [InlineData("2852039166")]
    [InlineData("0xA9FEA9FE")]
    [InlineData("0251.0376.0251.0376")]
    [InlineData("100.64.0.1")]
    [InlineData("100.100.100.200")]
    [InlineData("0.0.0.0")]
    [InlineData("0")]
    [InlineData("0.1.2.3")]
    [InlineData("192.0.0.1")]
    [InlineData("192.0.2.1")]
    [InlineData("192.88.99.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.51.100.1")]
    [InlineData("203.0.113.1")]
    [InlineData("224.0.0.1")]
    [InlineData("239.255.255.250")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("[::1]")]
    [InlineData("[0:0:0:0:0:0:0:1]")]
    [InlineData("[0000::0001]")]
    [InlineData("[::]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("[::ffff:7f00:1]")]
    [InlineData("[::ffff:10.0.0.1]")]
    [InlineData("[::ffff:169.254.169.254]")]
    [InlineData("[::127.0.0.1]")]
    [InlineData("[64:ff9b::10.0.0.1]")]
    [InlineData("[64:ff9b::7f00:1]")]
    [InlineData("[64:ff9b:1::1]")]
    [InlineData("[2001::1]")]
    [InlineData("[2001:0:4136:e378:8000:63bf:3fff:fdd2]")]
    [InlineData("[2001:db8::1]")]
    [InlineData("[2002:a00:1::]")]
    [InlineData("[2002:7f00:1::]")]
    [InlineData("[100::1]")]
    [InlineData("[3fff::1]")]
    [InlineData("[5f00::1]")]
    [InlineData("[fc00::1]")]
    [InlineData("[fd00:ec2::254]")]
    [InlineData("[fe80::1]")]
    [InlineData("[fe80::1%25eth0]")]
    [InlineData("[fec0::1]")]
    [InlineData("[ff02::1]")]
    public void UrlProblem_PrivateHostInAnyNotation_IsReported(string host)
    {
        Assert.NotNull(WebhookRules.Strict.UrlProblem($"https://{host}/hook"));
        Assert.NotNull(WebhookRules.Strict.UrlProblem($"https://{host}:8443/hook"));
        Assert.NotNull(WebhookRules.Strict.UrlProblem($"http://{host}/hook"));
    }

    [Theory]
    [InlineData("http://10.1.2.3:8080/hook")]
    [InlineData("https://10.1.2.3/hook")]
    [InlineData("http://0xA010203/hook")]
    [InlineData("http://[::ffff:10.1.2.3]/hook")]
    [InlineData("http://[fd00:1::5]/hook")]
    [InlineData("http://127.0.0.1:9/hook")]
    [InlineData("http://localhost:9/hook")]
    [InlineData("http://hooks.internal/hook")]
    [InlineData("https://example.com/hook")]
    public void UrlProblem_AllowedNetworkOrName_IsNone(string url) => Assert.Null(Open.UrlProblem(url));

    [Theory]
    [InlineData("http://10.2.0.1/hook")]
    [InlineData("https://10.2.0.1/hook")]
    [InlineData("http://8.8.8.8/hook")]
    [InlineData("https://192.168.0.1/hook")]
    [InlineData("http://[fd00:2::5]/hook")]
    [InlineData("http://user@10.1.2.3/hook")]
    public void UrlProblem_OutsideTheAllowedNetworks_IsReported(string url) => Assert.NotNull(Open.UrlProblem(url));

    [Theory]
    [InlineData("""{"url":"https://example.com"}""", "webhook.secret")]
    [InlineData("""{"url":"https://example.com","secret":null}""", "webhook.secret")]
    [InlineData("""{"url":"https://example.com","secret":"whsec_c2hvcnQ="}""", "webhook.secret")]
    [InlineData("""{"url":"https://example.com","secret":42}""", "webhook.secret")]
    [InlineData("""{"secret":"SECRET"}""", "webhook.url")]
    [InlineData("""{"url":"https://10.0.0.1","secret":"SECRET"}""", "webhook.url")]
    [InlineData("""{"url":["https://example.com"],"secret":"SECRET"}""", "webhook.url")]
    [InlineData("""{"url":"https://\ud800.example.com","secret":"SECRET"}""", "webhook.url")]
    [InlineData("""{"url":"https://example.com","secret":"SECRET","events":[]}""", "webhook.events")]
    [InlineData("""{"url":"https://example.com","secret":"SECRET","\ud800":1}""", "webhook")]
    [InlineData("\"https://example.com\"", "webhook")]
    [InlineData("null", "webhook")]
    [InlineData("[]", "webhook")]
    public void Read_Invalid_NamesTheFieldAndNotTheSecret(string json, string field)
    {
        var secret = SampleSecrets.Text(32);
        using var body = JsonDocument.Parse(json.Replace("SECRET", secret, StringComparison.Ordinal));
        var (webhook, problems) = WebhookRules.Strict.Read(body.RootElement);
        Assert.Null(webhook);
        Assert.Equal(field, Assert.Single(problems).Field);
        Assert.DoesNotContain("whsec_c2h", problems[0].Message, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, problems[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OwnSecret_NeedsNoneOfTheService()
    {
        using var body = JsonDocument.Parse($$"""{"url":"https://example.com","secret":"{{SampleSecrets.Text(32, 3)}}"}""");
        Assert.Equal(
            new JobWebhook("https://example.com", SampleSecrets.Of(3)), WebhookRules.Strict.Read(body.RootElement).Webhook);
    }

    [Fact]
    public void Read_SecretOfTheService_IsEnough()
    {
        using var body = JsonDocument.Parse("""{"url":"https://example.com"}""");
        Assert.Equal(new JobWebhook("https://example.com", Secret: null), Open.Read(body.RootElement).Webhook);
    }

    [Fact]
    public void Stored_SettingsHaveChanged_IsStillReadable()
    {
        using var body = JsonDocument.Parse("""{"url":"http://10.9.9.9/hook"}""");
        Assert.NotNull(WebhookRules.Stored.Read(body.RootElement).Webhook);
    }

    [Theory]
    [InlineData("http://example.com")]
    [InlineData("https://10.0.0.1")]
    public void Check_UnusableServiceUrl_StopsTheStart(string url) =>
        Assert.Contains(
            "Darkroom__WebhookUrl",
            Assert.Throws<InvalidOperationException>(
                () => WebhookRules.Check(
                    WebhookSecretTests.Read(
                        ("Darkroom:WebhookUrl", url),
                        ("Darkroom:WebhookSecret", SampleSecrets.Text(32))))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Check_ServiceUrlWithoutSecret_StopsTheStart() =>
        Assert.Throws<InvalidOperationException>(
            () => WebhookRules.Check(WebhookSecretTests.Read(("Darkroom:WebhookUrl", "https://example.com"))));
}
