using System.Net;
using System.Text.Json.Nodes;
using Darkroom.EndToEnd.Access;

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
        await AssertHiddenAsync(route => route.IsOfAJob, job);

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
        await AssertHiddenAsync(route => route.IsOfABatch, batch);
    }

    [Fact]
    public async Task Post_IdempotencyKeyOfAnotherCaller_StartsAnotherJob()
    {
        var key = Guid.NewGuid().ToString();
        var body = new { prompt = TestApp.NewPrompt("the same"), size = "64x64" };
        var hers = await SendAsync("anna", HttpMethod.Post, "api/images", HttpStatusCode.Accepted, body, key);
        var his = await SendAsync("bert", HttpMethod.Post, "api/images", HttpStatusCode.Accepted, body, key);
        Assert.NotEqual(TestApp.IdOf(hers), TestApp.IdOf(his));
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

    // Every operation with the id of a job or batch that belongs to Anna, for callers that are not Anna.
    private async Task AssertHiddenAsync(Func<ApiRoute, bool> isMeant, string id)
    {
        var routes = (await ApiRoute.AllAsync(app.Http)).Where(isMeant).ToArray();
        Assert.True(routes.Length >= 6, $"Only {routes.Length} operations were found.");
        foreach (var route in routes)
        {
            var body = route.Method == HttpMethod.Patch ? new { priority = "bulk" } : null;
            foreach (var caller in new[] { "bert", "ANNA", "anna,bert", "", Nobody })
                await SendAsync(caller, route.Method, route.For(id), HttpStatusCode.NotFound, body);
        }
    }

    private async Task<IEnumerable<string>> ListedAsync(string? caller) =>
        (await SendAsync(caller, HttpMethod.Get, "api/images?top=500", HttpStatusCode.OK))["items"]!.AsArray().Select(
            item => TestApp.IdOf(item!.AsObject()));

    private async Task<JsonObject> SendAsync(
        string? caller, HttpMethod method, string path, HttpStatusCode expected, object? body = null, string? key = null)
    {
        using var request = new HttpRequestMessage(
            method, path)
        { Content = body is null ? null : System.Net.Http.Json.JsonContent.Create(body) };
        if (caller is not null)
            request.Headers.Add("X-MS-CLIENT-PRINCIPAL-ID", caller);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        using var answer = await app.Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == expected, $"{method} {path}: {answer.StatusCode} {text}");
        return text.StartsWith('{') ? JsonNode.Parse(text)!.AsObject() : [];
    }
}
