using System.Net;
using System.Security.Cryptography;
using System.Text;
using Darkroom.TestKit;

namespace Darkroom.LocalHost.Tests;

/// <summary>HTTP tests for both ways in which a worker serves HTTP.</summary>
public abstract class HttpTests(TinyHost tiny, HttpStatusCode onLatin1)
{
    [Fact]
    public async Task Request_AllParts_ReachTheFunctionAndTheAnswerReturns()
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            "api/echo/cat/7?q=a%20b")
        { Content = new ByteArrayContent(new byte[1234]), Headers = { { "X-Sent", "one" } } };
        using var answer = await tiny.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("POST cat 7 a b 1234", await answer.Content.ReadAsStringAsync());
        Assert.Equal("one", Assert.Single(answer.Headers.GetValues("X-Seen")));
    }

    [Fact]
    public async Task Route_OptionalPartMissing_Matches() => Assert.Equal("GET dog   0", await tiny.Http.GetStringAsync("api/echo/dog"));

    [Theory]
    [InlineData("api/echo/cat/seven", HttpStatusCode.NotFound)]
    [InlineData("api/nothing", HttpStatusCode.NotFound)]
    public async Task Route_UnknownPath_IsNotFound(string path, HttpStatusCode expected)
    {
        using var answer = await tiny.Http.GetAsync(path);
        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Body_20MiB_ReturnsUnchanged()
    {
        var bytes = new byte[20 << 20];
        new Random(1).NextBytes(bytes);
        using var answer = await tiny.Http.PutAsync("api/mirror", new ByteArrayContent(bytes));
        Assert.Equal(SHA256.HashData(bytes), SHA256.HashData(await answer.Content.ReadAsByteArrayAsync()));
    }

    [Fact]
    public async Task Function_Throws_Returns500WithoutDetails()
    {
        using var answer = await tiny.Http.GetAsync("api/fails");
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.DoesNotContain("HttpFunctions", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await Until.TrueAsync(
            () => Task.FromResult(tiny.Host.Output.Contains("broken on purpose", StringComparison.Ordinal)),
            () => "The log does not have the reason.");
    }

    [Fact]
    public async Task Function_ThrowsTextWithControlCharacters_IsOneLineOfPlainTextInTheLog()
    {
        var mark = Guid.NewGuid().ToString("N");
        var text = $"a\r\n{mark} forged\n{mark}\u2028{mark}\u000b{mark}\u0085{mark}\u001b[2J\u202e\0{mark} last";
        using var answer = await tiny.Http.GetAsync($"api/fails?text={Uri.EscapeDataString(text)}");
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        await Until.TrueAsync(
            () => Task.FromResult(tiny.Host.Output.Contains($"{mark} last", StringComparison.Ordinal)),
            () => "The log does not have the text.");
        var lines = tiny.Host.Output.Split('\n').Where(line => line.Contains(mark, StringComparison.Ordinal)).ToArray();
        Assert.All(lines, line => Assert.Matches("^[0-9-]{10}T[0-9:]{8}Z [a-z]+: ", line));
        Assert.DoesNotContain(lines, line => line.Any(letter => char.IsControl(letter) || letter is '\u2028' or '\u202e'));
    }

    [Fact]
    public async Task Header_Latin1_ReachesTheWorkerUnchanged()
    {
        using var handler = new SocketsHttpHandler
        {
            RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
            ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        };
        using var http = new HttpClient(handler) { BaseAddress = tiny.Http.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/echo/cat") { Headers = { { "X-Sent", "é" } } };
        using var answer = await http.SendAsync(request);
        Assert.Equal(onLatin1, answer.StatusCode);
    }
}

/// <summary>HTTP through the worker's own server, which requires UTF-8 in headers and rejects Latin-1.</summary>
public sealed class HttpByWorkerTests(TinyHost tiny) : HttpTests(tiny, HttpStatusCode.BadRequest), IClassFixture<TinyHost>
{
    private readonly TinyHost _tiny = tiny;

    [Theory]
    [InlineData("GET", "runtime/webhooks/durabletask/instances", "Host", "evil.example", true)]
    [InlineData("GET", "runtime/webhooks/durabletask/instances", "Host", "10.0.0.1:7071", true)]
    [InlineData("POST", "runtime/webhooks/durabletask/instances/a/terminate", "Origin", "https://evil.example", true)]
    [InlineData("POST", "runtime/webhooks/durabletask/instances/a/terminate", "Origin", "null", true)]
    [InlineData("POST", "admin/functions/none", "Sec-Fetch-Site", "cross-site", true)]
    [InlineData("POST", "admin/functions/none", "Sec-Fetch-Site", "none", false)]
    [InlineData("GET", "runtime/webhooks/durabletask/instances", "Origin", "https://evil.example", false)]
    public async Task Request_FromAForeignHostOrOrigin_IsRefused(string method, string path, string header, string value, bool isRefused)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await _tiny.Http.SendAsync(request);
        Assert.Equal(isRefused, answer.StatusCode == HttpStatusCode.Forbidden);
    }
}

/// <summary>HTTP over the gRPC channel between host and worker.</summary>
public sealed class HttpOverChannelTests(TinyHostOverChannel tiny) : HttpTests(
    tiny, HttpStatusCode.Accepted), IClassFixture<TinyHostOverChannel>
{
    // Only over the channel: a worker with its own server routes by the name of the setting, not by its value. That is so on every host.
    [Fact]
    public async Task Route_WithASetting_UsesItsValue() => Assert.Equal("", await tiny.Http.GetStringAsync("api/some/where/here"));
}

/// <summary>TinyApp without its own HTTP server.</summary>
public sealed class TinyHostOverChannel : TinyHost
{
    protected override string HttpModel => "channel";
}
