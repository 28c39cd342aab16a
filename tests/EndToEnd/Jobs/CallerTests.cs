using System.Net;
using System.Text.Json.Nodes;

namespace Darkroom.EndToEnd;

/// <summary>The app behind a sign-in that passes the caller's id in a header.</summary>
public sealed class SignedInApp : TestApp
{
    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["WEBSITE_AUTH_ENABLED"] = "true" };
}

/// <summary>Checks that callers see only their own jobs and batches, and that requests from foreign origins are refused.</summary>
[Trait(TestApp.Needs, TestApp.OwnApp)]
public sealed class CallerTests(SignedInApp app) : IClassFixture<SignedInApp>
{
    // A request that did not come through the sign-in.
    private const string? Nobody = null;

    [Fact]
    public async Task Job_OfAnotherCaller_Is404()
    {
        var job = TestApp.IdOf(
            await SendAsync(
                "anna",
                HttpMethod.Post,
                "api/images",
                HttpStatusCode.Accepted,
                new { prompt = TestApp.NewPrompt("hers"), size = "64x64" }));
        await SendAsync("anna", HttpMethod.Get, $"api/images/{job}?wait=60", HttpStatusCode.OK);
        foreach (var (method, path) in new[]
        {
            (HttpMethod.Get, $"api/images/{job}"), (HttpMethod.Get, $"api/images/{job}/files/0"),
            (HttpMethod.Get, $"api/images/{job}/sidecar"), (HttpMethod.Get, $"api/images/{job}/events"),
            (HttpMethod.Delete, $"api/images/{job}"), (HttpMethod.Post, $"api/images/{job}/resubmit"),
        })
        {
            await SendAsync("bert", method, path, HttpStatusCode.NotFound);
            await SendAsync(Nobody, method, path, HttpStatusCode.NotFound);
        }

        Assert.Contains(job, await ListedAsync("anna"));
        Assert.DoesNotContain(job, await ListedAsync("bert"));
        Assert.DoesNotContain(job, await ListedAsync(Nobody));
    }

    [Fact]
    public async Task Batch_OfAnotherCaller_Is404()
    {
        var batch = TestApp.IdOf(
            await SendAsync(
                "anna",
                HttpMethod.Post,
                "api/batches",
                HttpStatusCode.Accepted,
                new { items = new[] { new { prompt = TestApp.NewPrompt("hers"), size = "64x64" } } }));
        await SendAsync("anna", HttpMethod.Get, $"api/batches/{batch}/events", HttpStatusCode.OK);
        foreach (var (method, path) in new[]
        {
            (HttpMethod.Get, ""), (HttpMethod.Delete, ""), (HttpMethod.Get, "/results"), (HttpMethod.Get, "/errors"),
            (HttpMethod.Get, "/events"), (HttpMethod.Post, "/retry"),
        })
        {
            await SendAsync("bert", method, $"api/batches/{batch}{path}", HttpStatusCode.NotFound);
            await SendAsync(Nobody, method, $"api/batches/{batch}{path}", HttpStatusCode.NotFound);
        }
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Host", "evil.example")]
    public async Task Post_FromForeignOrigin_IsForbidden(string header, string value)
    {
        var prompt = TestApp.NewPrompt("theirs");
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            "api/images")
        {
            Content = new StringContent(
                new JsonObject { ["prompt"] = prompt }.ToJsonString(), System.Text.Encoding.UTF8, "application/json")
        };
        request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await app.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(0, app.PostsOf(prompt));
    }

    private async Task<IEnumerable<string>> ListedAsync(string? caller) =>
        (await SendAsync(caller, HttpMethod.Get, "api/images?top=500", HttpStatusCode.OK))["items"]!.AsArray().Select(
            item => TestApp.IdOf(item!.AsObject()));

    private async Task<JsonObject> SendAsync(string? caller, HttpMethod method, string path, HttpStatusCode expected, object? body = null)
    {
        using var request = new HttpRequestMessage(
            method, path)
        { Content = body is null ? null : System.Net.Http.Json.JsonContent.Create(body) };
        if (caller is not null)
            request.Headers.Add("X-MS-CLIENT-PRINCIPAL-ID", caller);
        using var answer = await app.Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == expected, $"{method} {path}: {answer.StatusCode} {text}");
        return text.StartsWith('{') ? JsonNode.Parse(text)!.AsObject() : [];
    }
}
