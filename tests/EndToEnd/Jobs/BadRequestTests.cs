using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Darkroom.EndToEnd;

/// <summary>Checks that an invalid request is answered with problem+json that names the field, and that it starts nothing.</summary>
public sealed class BadRequestTests(TestApp app)
{
    [Theory]
    [InlineData("""{}""", "prompt")]
    [InlineData("""{"prompt": ""}""", "prompt")]
    [InlineData("""{"prompt": 5}""", "prompt")]
    [InlineData("""{"prompt": "\ud800"}""", "prompt")]
    [InlineData("""{"prompt": "p", "model": ""}""", "model")]
    [InlineData("""{"prompt": "p", "negative_prompt": 1}""", "negative_prompt")]
    [InlineData("""{"prompt": "p", "size": "large"}""", "size")]
    [InlineData("""{"prompt": "p", "size": "0x64"}""", "size")]
    [InlineData("""{"prompt": "p", "width": 64}""", "height")]
    [InlineData("""{"prompt": "p", "size": "64x64", "width": 65, "height": 64}""", "size")]
    [InlineData("""{"prompt": "p", "seed": -1}""", "seed")]
    [InlineData("""{"prompt": "p", "seed": 2147483648}""", "seed")]
    [InlineData("""{"prompt": "p", "seed": 1.5}""", "seed")]
    [InlineData("""{"prompt": "p", "steps": 0}""", "steps")]
    [InlineData("""{"prompt": "p", "steps": 101}""", "steps")]
    [InlineData("""{"prompt": "p", "steps": 20, "num_inference_steps": 21}""", "num_inference_steps")]
    [InlineData("""{"prompt": "p", "guidance": 1.4}""", "guidance")]
    [InlineData("""{"prompt": "p", "guidance": 20.1}""", "guidance")]
    [InlineData("""{"prompt": "p", "guidance": 2, "guidance_scale": 3}""", "guidance_scale")]
    [InlineData("""{"prompt": "p", "image_url": "ftp://example.com/a.png"}""", "image_url")]
    [InlineData("""{"prompt": "p", "image_url": "http://example.com/a.png"}""", "image_url")]
    [InlineData("""{"prompt": "p", "image_url": "https://127.0.0.1/a.png"}""", "image_url")]
    [InlineData("""{"prompt": "p", "image_url": "https://2130706433/a.png"}""", "image_url")]
    [InlineData("""{"prompt": "p", "image_url": "https://[::ffff:10.0.0.1]/a.png"}""", "image_url")]
    [InlineData("""{"prompt": "p", "image_url": ["https://example.com/a.png", "https://localhost/b.png"]}""", "image_url")]
    [InlineData("""{"prompt": "p", "loras": {"a": 0.5, "b": 0.4}}""", "loras")]
    [InlineData("""{"prompt": "p", "loras": {"a": 0.1, "b": 0.1, "c": 0.1, "d": 0.1, "e": 0.1, "f": 0.1, "g": 0.4}}""", "loras")]
    [InlineData("""{"prompt": "p", "count": 0}""", "count")]
    [InlineData("""{"prompt": "p", "count": 17}""", "count")]
    [InlineData("""{"prompt": "p", "count": 2, "n": 3}""", "n")]
    [InlineData("""{"prompt": "p", "name": ""}""", "name")]
    [InlineData("""{"prompt": "p", "tags": "one"}""", "tags")]
    [InlineData("""{"prompt": "p", "tags": [1]}""", "tags")]
    [InlineData("""{"prompt": "p", "priority": "urgent"}""", "priority")]
    [InlineData("""{"prompt": "p", "deadlineSeconds": 0}""", "deadlineSeconds")]
    [InlineData("""{"prompt": "p", "deadlineSeconds": 86401}""", "deadlineSeconds")]
    [InlineData("""{"prompt": "p", "expiresInSeconds": 0}""", "expiresInSeconds")]
    [InlineData("""{"prompt": "p", "onCreditsExhausted": "cry"}""", "onCreditsExhausted")]
    [InlineData("""{"prompt": "p", "reuse": "always"}""", "reuse")]
    [InlineData("""{"prompt": "p", "extra": {"seed": 1}}""", "extra.seed")]
    [InlineData("""{"prompt": "p", "extra": {"webhook": 1}}""", "extra.webhook")]
    [InlineData("""{"prompt": "p", "extra": {"count": 1}}""", "extra.count")]
    [InlineData("""{"prompt": "p", "extra": []}""", "extra")]
    [InlineData("""{"prompt": "p", "colour": "red"}""", "colour")]
    [InlineData("""{"prompt": "p", "Prompt": "q"}""", "Prompt")]
    [InlineData("""{"prompt": "p", "webhook": {"url": "https://example.com"}}""", "webhook.secret")]
    [InlineData("""{"prompt": "p", "webhook": {"url": "https://127.1/hook"}}""", "webhook.url")]
    [InlineData("""{"prompt": "p", "webhook": "https://example.com"}""", "webhook")]
    [InlineData("""[{"prompt": "p"}]""", "body")]
    [InlineData("""{"prompt": """, "body")]
    [InlineData("", "body")]
    [InlineData("null", "body")]
    [InlineData("cat", "body")]
    public async Task Post_InvalidField_Is400WithTheField(string body, string field)
    {
        var before = app.Upstream.Counters.Submits;
        using var answer = await PostAsync(body);
        var problem = await ReadAsync(answer, HttpStatusCode.BadRequest, "invalid-request");
        Assert.Contains(field, problem["errors"]!.AsObject().Select(error => error.Key));
        Assert.All(problem["errors"]!.AsObject(), error => Assert.False(string.IsNullOrWhiteSpace(error.Value![0]!.GetValue<string>())));
        Assert.DoesNotContain(app.Upstream.Counters.Bodies.Skip((int)before), sent => sent.Contains("\"p\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Post_SeveralProblems_ReportsAll()
    {
        using var answer = await PostAsync("""{"prompt": "", "seed": -1, "colour": 1, "count": 99}""");
        var problem = await ReadAsync(answer, HttpStatusCode.BadRequest, "invalid-request");
        Assert.Equal(["colour", "count", "prompt", "seed"], problem["errors"]!.AsObject().Select(error => error.Key).Order());
    }

    [Fact]
    public async Task Post_HugeNumberOfProblems_HasAShortAnswer()
    {
        foreach (var fields in new[]
            {
                $"\"{new string('x', 500_000)}\":1",
                string.Join(',', Enumerable.Range(0, 50_000).Select(n => $"\"x{n}\":1")),
            })
        {
            using var answer = await PostAsync($$"""{"prompt": "p", {{fields}}}""");
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.InRange((await answer.Content.ReadAsByteArrayAsync()).Length, 100, 50_000);
        }
    }

    [Theory]
    [InlineData(1999, HttpStatusCode.Accepted)]
    [InlineData(2000, HttpStatusCode.BadRequest)]
    public async Task Post_PromptLength_IsCountedInCharacters(int length, HttpStatusCode status)
    {
        using var answer = await app.SendAsync(
            HttpMethod.Post, "api/images", new { prompt = string.Concat(Enumerable.Repeat("😺", length)), size = "64x64" });
        Assert.Equal(status, answer.StatusCode);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task Post_WrongContentType_Is415(string? type)
    {
        using var answer = await PostAsync("""{"prompt": "p"}""", type);
        await ReadAsync(answer, HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
    }

    // The server does not read a body of this size by itself. Unless the app reads it to its end, the host answers with 500.
    [Theory]
    [InlineData("api/images", "application/json", HttpStatusCode.RequestEntityTooLarge, "too-large")]
    [InlineData("api/images", "image/png", HttpStatusCode.UnsupportedMediaType, "unsupported-media-type")]
    [InlineData("api/batches", "image/png", HttpStatusCode.UnsupportedMediaType, "unsupported-media-type")]
    [InlineData("api/batches?onInvalid=never", "text/plain", HttpStatusCode.BadRequest, "invalid-request")]
    [InlineData("api/batches", "text/plain", HttpStatusCode.RequestEntityTooLarge, "too-large")]
    public async Task Post_80MebibyteBody_IsRefusedWithAProblem(
        string path, string type, HttpStatusCode status, string problem)
    {
        foreach (var isAnnounced in new[] { true, false })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(new byte[80 << 20]) };
            request.Content.Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue(type);
            request.Headers.TransferEncodingChunked = !isAnnounced;
            using var answer = await app.Http.SendAsync(request);
            await ReadAsync(answer, status, problem);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Post_BodyOverOneMebibyte_Is413(bool isAnnounced)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            "api/images")
        {
            Content = new StringContent(
                $$"""{"prompt": "{{new string('x', 1 << 20)}}"}""", Encoding.UTF8, "application/json")
        };
        request.Headers.TransferEncodingChunked = !isAnnounced;
        using var answer = await app.Http.SendAsync(request);
        await ReadAsync(answer, HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("..%2f..%2fetc%2fpasswd")]
    [InlineData("%2e%2e%2fgate")]
    [InlineData("a%2fb")]
    [InlineData("a%5cb")]
    [InlineData("a%0d%0ab")]
    [InlineData("upstream-gate")]
    [InlineData("@me")]
    [InlineData("nobody")]
    [InlineData("%F0%9F%90%88")]
    public async Task Get_MalformedId_Is404(string id)
    {
        foreach (
            var path in new[] { $"api/images/{id}", $"api/images/{id}/files/0", $"api/images/{id}/sidecar", $"api/images/{id}/events" })
        {
            using var answer = await app.Http.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        using var delete = await app.Http.DeleteAsync($"api/images/{id}");
        Assert.Equal(HttpStatusCode.NotFound, delete.StatusCode);
    }

    [Theory]
    [InlineData("v1/images/variations")]
    [InlineData("v1/videos")]
    public async Task Get_UnknownPath_Is404(string path)
    {
        using var answer = await app.Http.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private async Task<HttpResponseMessage> PostAsync(string body, string? type = "application/json")
    {
        using var content = new StringContent(body);
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        return await app.Http.PostAsync("api/images", content);
    }

    private async Task<JsonObject> ReadAsync(HttpResponseMessage answer, HttpStatusCode status, string name)
    {
        var problem = await app.ReadAsync(answer, status);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal($"/docs/errors#{name}", problem["type"]!.GetValue<string>());
        Assert.Equal((int)status, problem["status"]!.GetValue<int>());
        Assert.False(problem["retryable"]!.GetValue<bool>());
        Assert.False(string.IsNullOrWhiteSpace(problem["detail"]!.GetValue<string>()));
        return problem;
    }
}
