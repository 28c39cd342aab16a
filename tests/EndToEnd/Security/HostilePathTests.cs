using System.Net;

namespace Darkroom.EndToEnd.Security;

/// <summary>A path of a request never leaves its place: no file of the machine and no other blob is returned.</summary>
public sealed class HostilePathTests(TestApp app)
{
    private static readonly string[] Climbs =
    [
        "..%2f..%2fhost.json", "..%5c..%5chost.json", "%2e%2e/%2e%2e/host.json", "..%252f..%252fhost.json", "....//....//host.json",
        "..%c0%af..%c0%afhost.json", "..%u2215host.json", "%2fetc%2fhosts.json", "C:%5cwindows%5cwin.ini", "file:%2f%2f%2fetc%2fhosts.json",
        "host.json%00.js", "..;/host.json", ".%2e/host.json", "%2e%2e%2fDarkroom.Functions.dll", "a%0d%0aX-Injected:%201.json",
    ];

    [Theory]
    [InlineData("studio/{0}")]
    [InlineData("studio/assets/{0}")]
    [InlineData("api/images/{0}")]
    [InlineData("api/images/{0}/sidecar")]
    [InlineData("api/images/{0}/files/0")]
    [InlineData("api/images/none/files/{0}")]
    [InlineData("api/images/none/files/0/{0}")]
    [InlineData("api/batches/{0}/results")]
    [InlineData("v1/images/{0}/files/0/png")]
    [InlineData("v1/images/none/files/0/{0}")]
    [InlineData("docs/{0}")]
    public async Task Get_PathThatClimbs_IsNotFoundOrInvalid(string path)
    {
        using var http = new HttpClient(new LeakWatch()) { BaseAddress = app.Http.BaseAddress };
        foreach (var climb in Climbs)
        {
            // The client must not resolve the dots before it sends them.
            var url = new Uri(
                $"{http.BaseAddress}{path.Replace("{0}", climb, StringComparison.Ordinal)}",
                new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            using var answer = await http.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{climb}: {answer.StatusCode} {text}");
            Assert.False(answer.Headers.Contains("X-Injected"));
            Assert.DoesNotContain("extensionBundle", text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("+0")]
    [InlineData("0x0")]
    [InlineData("0.0")]
    [InlineData("%200")]
    [InlineData("%D9%A0")]
    [InlineData("99999999999999999999")]
    [InlineData("0;1")]
    public async Task GetFile_NumberInAnotherForm_IsNotFound(string number)
    {
        var job = await app.EndOfAsync(await app.PostAsync(new { prompt = TestApp.NewPrompt("numbered"), size = "64x64" }));
        using var answer = await app.Http.GetAsync($"api/images/{TestApp.IdOf(job)}/files/{number}");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
