using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Darkroom.LocalHost.Tests.Http;

public sealed class AnswerTests : HttpTest
{
    [Theory]
    [InlineData("api/Action", 418, """{"answer":42}""")]
    [InlineData("api/ActionLater", 200, "later")]
    [InlineData("api/Either?action", 200, "")]
    [InlineData("api/Either", 204, "")]
    [InlineData("api/Nothing", 200, "")]
    [InlineData("api/Self", 203, "by itself")]
    public async Task What_a_function_returns_becomes_the_answer(string path, int status, string body)
    {
        var response = await Http.GetAsync(path);
        Assert.Equal((status, body), ((int)response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    [Theory]
    [InlineData("Text", "System.String")]
    [InlineData("Poco", "HttpFunctions+Marker")]
    public async Task What_no_answer_can_be_made_of_is_sent_empty_as_in_azure_and_said_in_the_log(string name, string type)
    {
        var response = await Http.GetAsync($"api/{name}");
        Assert.Equal((HttpStatusCode.OK, ""), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Contains(App.Log.Lines, line => line.Contains($"Function {name} returned a ", StringComparison.Ordinal) && line.Contains(type, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_function_that_throws_is_an_empty_500_and_a_line_in_the_log()
    {
        var response = await Http.GetAsync("api/Throw");
        Assert.Equal((HttpStatusCode.InternalServerError, ""), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.False(response.Headers.Contains("X-Half"));
        Assert.Contains("Function Throw failed.", App.Log.Text, StringComparison.Ordinal);
        Assert.Contains("secret words", App.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_does_not_look_whole()
    {
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => Http.GetStringAsync("api/ThrowLate"));
        Assert.Contains("Function ThrowLate failed.", App.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bodies_of_many_megabytes_go_through_both_ways()
    {
        var bytes = RandomNumberGenerator.GetBytes(40 << 20);
        using var content = new ByteArrayContent(bytes);
        Assert.Equal(Convert.ToHexString(SHA256.HashData(bytes)), await (await Http.PostAsync("api/Upload", content)).Content.ReadAsStringAsync());
        Assert.Equal(40 << 20, (await Http.GetByteArrayAsync("api/Download")).Length);
    }

    [Fact]
    public async Task More_than_a_hundred_megabytes_are_refused()
    {
        using var content = new StreamContent(Stream.Null);
        content.Headers.ContentLength = (100L << 20) + 1;
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/Upload") { Content = content };
        request.Headers.ExpectContinue = true;
        await Assert.ThrowsAnyAsync<Exception>(async () => (await Http.SendAsync(request)).EnsureSuccessStatusCode());
    }

    [Fact]
    public async Task An_answer_begins_before_the_request_has_ended()
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, App.Url.Port);
        var stream = connection.GetStream();
        using var reader = new StreamReader(stream, Encoding.ASCII);
        await SendAsync("POST /api/Lines HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n4\r\none\n\r\n");
        Assert.Equal("one!", await NextLineWithAsync("!"));
        await SendAsync("4\r\ntwo\n\r\n");
        Assert.Equal("two!", await NextLineWithAsync("!"));
        await SendAsync("0\r\n\r\n");
        Assert.Equal("0", await NextLineWithAsync("0"));

        Task SendAsync(string text) => stream.WriteAsync(Encoding.ASCII.GetBytes(text)).AsTask();

        async Task<string?> NextLineWithAsync(string end)
        {
            while (await reader.ReadLineAsync() is { } line)
            {
                if (line.EndsWith(end, StringComparison.Ordinal) && !line.Contains(':', StringComparison.Ordinal))
                    return line;
            }

            return null;
        }
    }

    [Fact]
    public async Task A_client_that_goes_away_is_a_reason_to_stop()
    {
        var marker = App.Services.GetRequiredService<HttpFunctions.Marker>();
        using var gone = new CancellationTokenSource();
        var asking = Http.GetAsync("api/Hang", gone.Token);
        await marker.Begun.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await marker.Ended.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.DoesNotContain("Function Hang failed.", App.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_request_and_the_function_share_their_services() => Assert.Equal("True", await Http.GetStringAsync("api/Scope"));
}
