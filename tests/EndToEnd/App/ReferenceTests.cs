using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Darkroom.EndToEnd;

/// <summary>The documentation that the app serves.</summary>
public sealed partial class ReferenceTests(TestApp app)
{
    [Fact]
    public async Task OpenApi_IsServedWithATagAndCanBeCached()
    {
        using var answer = await app.Http.GetAsync("api/openapi.json");
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        Assert.NotNull(answer.Headers.CacheControl!.MaxAge);
        using var again = new HttpRequestMessage(HttpMethod.Get, "api/openapi.json");
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        using var unchanged = await app.Http.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Fact]
    public async Task Errors_TypeOfAProblem_PointsToASectionOfThePage()
    {
        using var refused = await app.SendAsync(HttpMethod.Post, "api/images", new { });
        var problem = await app.ReadAsync(refused, HttpStatusCode.BadRequest);
        var type = problem["type"]!.GetValue<string>().Split('#');
        using var page = await app.Http.GetAsync(type[0]);
        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
        Assert.Contains($"id=\"{type[1]}\"", await page.Content.ReadAsStringAsync());
        Assert.Contains("default-src 'none'", page.Headers.GetValues("Content-Security-Policy").Single());
    }

    [Fact]
    public async Task Models_ListTheDefaultFirst()
    {
        var models = (await app.Http.GetFromJsonAsync<JsonObject>("api/models"))!;
        Assert.Equal(models["default"]!.GetValue<string>(), models["items"]![0]!["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task Studio_Page_HasAStrictPolicyAndItsScriptIsImmutable()
    {
        using var page = await app.Http.GetAsync("studio/gallery");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("require-trusted-types-for 'script'", page.Headers.GetValues("Content-Security-Policy").Single());
        var script = Script().Match(await page.Content.ReadAsStringAsync()).Groups["path"].Value;
        using var request = new HttpRequestMessage(HttpMethod.Get, script);
        request.Headers.AcceptEncoding.ParseAdd("gzip, br");
        using var answer = await app.Http.SendAsync(request);
        Assert.Equal(["br"], answer.Content.Headers.ContentEncoding);
        Assert.Contains("immutable", answer.Headers.CacheControl!.ToString());
        using var missing = await app.Http.GetAsync("studio/assets/none.js");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [GeneratedRegex("src=\"/(?<path>studio/assets/[^\"]+\\.js)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Script();
}
