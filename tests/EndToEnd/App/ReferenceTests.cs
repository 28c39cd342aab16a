using System.Net;

namespace Darkroom.EndToEnd;

/// <summary>The documentation that the app serves.</summary>
public sealed class ReferenceTests(TestApp app)
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
}
