using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Darkroom.EndToEnd.Access;

/// <summary>Sends every operation of openapi.yaml without a key and with wrong keys. A new operation is included by itself.</summary>
[Trait(TestApp.Needs, TestApp.OwnApp)]
public sealed class KeySweepTests(KeyedApp app) : IClassFixture<KeyedApp>
{
    private static readonly string[] OpenPaths = ["/api/health/live", "/api/health/ready", "/docs/errors", "/studio/{path}"];

    private (string[] Headers, string Query)[] WrongKeys =>
    [
        ([], ""), ([""], ""), (["wrong"], ""), ([app.Key + "0"], ""), ([app.Key[..^1]], ""), ([app.Key.ToUpperInvariant()], ""),
        ([app.Key, app.Key], ""), (["wrong"], $"?code={app.Key}"), ([], "?code="), ([], "?code=wrong"), ([], $"?code={app.Key}0"),
        ([], $"?code={app.Key}&code={app.Key}"), ([], $"?key={app.Key}"),
    ];

    [Fact]
    public async Task Operation_WithoutTheRightKey_Is401()
    {
        var routes = await ApiRoute.AllAsync(app.WithKey);
        Assert.True(routes.Count >= 35, $"Only {routes.Count} operations were found.");
        Assert.Equal(OpenPaths, routes.Where(route => route.IsOpen).Select(route => route.Path).Distinct().Order(StringComparer.Ordinal));
        foreach (var route in routes)
        {
            foreach (var (headers, query) in WrongKeys)
                await AssertRefusedAsync(route.Method, route.For("none") + query, headers, isRefused: !route.IsOpen);
        }
    }

    [Theory]
    [InlineData("GET", "runtime/webhooks/durabletask/instances")]
    [InlineData("GET", "runtime/webhooks/durabletask/instances/upstream-gate")]
    [InlineData("POST", "runtime/webhooks/durabletask/instances/upstream-gate/terminate")]
    [InlineData("POST", "runtime/webhooks/durabletask/instances/upstream-gate/raiseEvent/gate")]
    [InlineData("POST", "runtime/webhooks/durabletask/orchestrators/GenerateImage")]
    [InlineData("DELETE", "runtime/webhooks/durabletask/instances/upstream-gate")]
    [InlineData("POST", "admin/functions/Retention")]
    [InlineData("GET", "API/IMAGES")]
    [InlineData("GET", "api/%69mages")]
    [InlineData("GET", "api/images/")]
    [InlineData("GET", "studio/../api/images")]
    public async Task HostRouteOrOtherSpelling_WithoutTheRightKey_Is401(string method, string path)
    {
        foreach (var (headers, query) in WrongKeys)
            await AssertRefusedAsync(new HttpMethod(method), path + query, headers, isRefused: true);
    }

    [Fact]
    public async Task Read_WithTheKey_IsNotRefused()
    {
        foreach (var route in (await ApiRoute.AllAsync(app.WithKey)).Where(route => route.Method == HttpMethod.Get))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, route.For("none"));
            using var answer = await app.WithKey.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            Assert.True(
                answer.StatusCode is not HttpStatusCode.Unauthorized && (int)answer.StatusCode < 500, $"{route}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task Job_WithTheKey_NeverContainsIt()
    {
        using var answer = await app.WithKey.PostAsJsonAsync("api/images", new { prompt = TestApp.NewPrompt("keyed"), size = "64x64" });
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var id = TestApp.IdOf(JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject());
        var end = "";
        for (var look = 0; look < 10 && !end.Contains("\"succeeded\"", StringComparison.Ordinal); look++)
            end = await app.WithKey.GetStringAsync($"api/images/{id}?wait=60");
        Assert.Contains("\"succeeded\"", end, StringComparison.Ordinal);
        Assert.DoesNotContain(app.Key, end, StringComparison.Ordinal);
        Assert.Empty(await app.PlacesOfAsync(app.Key));
    }

    private async Task AssertRefusedAsync(HttpMethod method, string path, string[] keys, bool isRefused)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var key in keys)
            request.Headers.TryAddWithoutValidation("x-functions-key", key);
        using var answer = await app.WithoutKey.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.True(
            isRefused == (answer.StatusCode == HttpStatusCode.Unauthorized),
            $"{method} {path.Replace(app.Key, "KEY", StringComparison.Ordinal)} with {keys.Length} keys: {answer.StatusCode}");
    }
}
