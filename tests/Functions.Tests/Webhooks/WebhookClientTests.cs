using System.Net;
using System.Net.Sockets;
using Darkroom.ModelScope.Wire;
using Darkroom.Requests;
using Darkroom.TestKit;
using Darkroom.Webhooks;

namespace Darkroom.Functions.Tests.Webhooks;

/// <summary>What a receiver gets, and what becomes of its answers.</summary>
public sealed class WebhookClientTests
{
    [Fact]
    public async Task Post_AnyReceiver_GetsTheSignedMessageAndNothingElse()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var activity = new System.Diagnostics.Activity("test").Start();
        Assert.Equal(new SendOutcome.Delivered(204), await PostAsync(receiver.Url));
        var received = Assert.Single(receiver.Received);
        Assert.Equal(
            ["Content-Length", "Content-Type", "Host", "User-Agent", "webhook-id", "webhook-signature", "webhook-timestamp"],
            received.Headers.Keys.Order(StringComparer.OrdinalIgnoreCase));
        Assert.Equal(("application/json", "{}", "msg_1"), (received.Headers["Content-Type"], received.Body, received.Id));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Post_Redirect_IsAFailureAndNotFollowed(int status)
    {
        await using var other = await WebhookReceiver.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync(
            (_, _) => new WebhookReply(status) { Headers = { ["Location"] = other.Url } });
        Assert.Equal(new SendOutcome.Refused(status, RetryAfterSeconds: null), await PostAsync(receiver.Url));
        Assert.Empty(other.Received);
    }

    [Fact]
    public async Task Post_Gone_IsSaidSo()
    {
        await using var receiver = await WebhookReceiver.StartAsync((_, _) => new WebhookReply(410));
        Assert.Equal(new SendOutcome.Gone(), await PostAsync(receiver.Url));
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("0", 0)]
    [InlineData("999999999", 86_400)]
    [InlineData("Sat, 21 Nov 2026 09:00:00 GMT", 3600)]
    [InlineData("Sat, 21 Nov 2020 09:00:00 GMT", 0)]
    [InlineData("soon", null)]
    public async Task Post_RetryAfter_IsReadAsSecondsOrDate(string header, int? seconds)
    {
        await using var receiver = await WebhookReceiver.StartAsync(
            (_, _) => new WebhookReply(503) { Headers = { ["Retry-After"] = header } });
        Assert.Equal(new SendOutcome.Refused(503, seconds), await PostAsync(receiver.Url));
    }

    [Fact]
    public async Task Post_Cookie_IsNotSentBack()
    {
        await using var receiver = await WebhookReceiver.StartAsync(
            (_, _) => new WebhookReply(200) { Headers = { ["Set-Cookie"] = "session=1; Path=/" } });
        using var client = Client();
        await PostAsync(receiver.Url, client);
        await PostAsync(receiver.Url, client);
        Assert.All(receiver.Received, received => Assert.False(received.Headers.ContainsKey("Cookie")));
    }

    [Fact]
    public async Task Post_EndlessAnswer_IsNotRead()
    {
        await using var server = new RawServer(async (connection, _, stop) =>
        {
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"u8.ToArray(), stop);
            while (true)
                await connection.WriteAsync("4\r\nmore\r\n"u8.ToArray(), stop);
        });
        Assert.Equal(new SendOutcome.Delivered(200), await PostAsync(server.Url));
    }

    [Theory]
    [InlineData("", "closed the connection")]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n", "not valid HTTP")]
    public async Task Post_NoHttpAnswer_IsDescribedWithoutAddresses(string answer, string expected)
    {
        await using var server = new RawServer(answer);
        var error = Assert.IsType<SendOutcome.NoAnswer>(await PostAsync(server.Url)).Error;
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_NobodyListens_IsDescribed() => Assert.Equal(
        new SendOutcome.NoAnswer("The receiver could not be reached."), await PostAsync("http://127.0.0.1:1/hook"));

    [Fact]
    public async Task Post_PlainServerAtAnHttpsAddress_IsATlsFailure()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var post = PostAsync($"https://127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}/");
        using var connection = await server.AcceptTcpClientAsync();
        await connection.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
        Assert.Contains("TLS", Assert.IsType<SendOutcome.NoAnswer>(await post).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_NoAnswerIn15Seconds_TimesOut()
    {
        await using var receiver = await WebhookReceiver.StartAsync((_, _) => WebhookReply.Never);
        var time = new ManualTime();
        using var client = Client(time);
        var post = PostAsync(receiver.Url, client);
        await receiver.NextAsync();
        time.Advance(TimeSpan.FromSeconds(14));
        Assert.False(post.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(new SendOutcome.NoAnswer("The receiver did not answer within 15 s."), await post);
    }

    [Fact]
    public async Task Post_ForbiddenAddress_ConnectsToNothing()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var client = Client(network: "10.0.0.0/8");
        var error = Assert.IsType<SendOutcome.NoAnswer>(await PostAsync(receiver.Url, client)).Error;
        Assert.Contains("Darkroom__WebhookAllowedNetworks", error, StringComparison.Ordinal);
        Assert.Empty(receiver.Received);
    }

    private static WebhookClient Client(TimeProvider? time = null, string network = "127.0.0.0/8") => new(
        new WebhookConnections(new WebhookRules([IPNetwork.Parse(network)], hasServiceSecret: true), CheckedConnections.OfThisMachine),
        time ?? new ManualTime(new DateTimeOffset(2026, 11, 21, 8, 0, 0, TimeSpan.Zero)));

    private static async Task<SendOutcome> PostAsync(string url)
    {
        using var client = Client();
        return await PostAsync(url, client);
    }

    private static Task<SendOutcome> PostAsync(string url, WebhookClient client) => client.PostAsync(
        new WebhookTarget(new Uri(url), [SampleSecrets.Of(1)]), "msg_1", BinaryData.FromString("{}"), CancellationToken.None);
}
