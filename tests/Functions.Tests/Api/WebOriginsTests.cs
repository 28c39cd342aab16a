using Darkroom.Api;

namespace Darkroom.Functions.Tests.Api;

public sealed class WebOriginsTests
{
    private static readonly WebOrigins Local = new(["https://studio.example", "http://localhost:3000"], isPublic: false);
    private static readonly WebOrigins Public = new(["https://studio.example"], isPublic: true);

    [Theory]
    [InlineData("POST", "127.0.0.1:7071", null, null, true)]
    [InlineData("POST", "localhost:7071", "http://localhost:7071", "same-origin", true)]
    [InlineData("POST", "[::1]:7071", "http://[::1]:7071", "same-origin", true)]
    [InlineData("POST", "127.0.0.1:7071", "http://localhost:3000", "cross-site", true)]
    [InlineData("POST", "127.0.0.1:7071", "https://studio.example", "cross-site", true)]
    [InlineData("GET", "127.0.0.1:7071", "https://evil.example", "cross-site", true)]
    [InlineData("POST", "127.0.0.1:7071", "https://evil.example", "cross-site", false)]
    [InlineData("DELETE", "127.0.0.1:7071", "https://evil.example", null, false)]
    [InlineData("POST", "127.0.0.1:7071", "http://127.0.0.1:8080", "same-site", false)]
    [InlineData("POST", "127.0.0.1:7071", "null", "cross-site", false)]
    [InlineData("POST", "127.0.0.1:7071", null, "cross-site", false)]
    [InlineData("POST", "127.0.0.1:7071", "https://127.0.0.1.evil.example", null, false)]
    [InlineData("GET", "evil.example:7071", null, null, false)]
    [InlineData("GET", "127.0.0.1.evil.example", null, null, false)]
    [InlineData("GET", "10.0.0.5:7071", null, null, false)]
    [InlineData("GET", "", null, null, false)]
    [InlineData("GET", null, null, null, false)]
    [InlineData("GET", "studio.example", null, null, true)]
    public void Refusal_LocalServer_AllowsOnlyLoopbackAndListedOrigins(
        string method, string? host, string? origin, string? fetchSite, bool isAllowed) =>
        Assert.Equal(isAllowed, Local.Refusal(method, "http", host, origin, fetchSite) is null);

    [Theory]
    [InlineData("GET", "darkroom.azurewebsites.net", null, null, true)]
    [InlineData("POST", "darkroom.azurewebsites.net", null, null, true)]
    [InlineData("POST", "darkroom.azurewebsites.net", "https://darkroom.azurewebsites.net", "same-origin", true)]
    [InlineData("POST", "darkroom.azurewebsites.net", "https://studio.example", "cross-site", true)]
    [InlineData("POST", "darkroom.azurewebsites.net", "https://evil.example", "cross-site", false)]
    public void Refusal_PublicServer_AllowsAnyHostButNoForeignPage(
        string method, string host, string? origin, string? fetchSite, bool isAllowed)
    {
        // The front end may forward a request over HTTP or HTTPS.
        Assert.Equal(isAllowed, Public.Refusal(method, "http", host, origin, fetchSite) is null);
        Assert.Equal(isAllowed, Public.Refusal(method, "https", host, origin, fetchSite) is null);
    }
}
