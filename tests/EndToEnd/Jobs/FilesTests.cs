using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Darkroom.EndToEnd;

public sealed class FilesTests(TestApp app)
{
    [Fact]
    public async Task GetFile_Picture_HasTheHeadersForABrowser()
    {
        var job = await DoneAsync("A golden cat: on Müller's roof, 在屋顶上");
        using var answer = await app.Http.GetAsync(UrlOf(job));
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        Assert.Equal(hash, job["images"]![0]!["sha256"]!.GetValue<string>());
        Assert.Equal($"\"sha256-{hash}\"", answer.Headers.ETag!.Tag);
        Assert.Equal("image/png", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(bytes.Length, answer.Content.Headers.ContentLength);
        var name = answer.Content.Headers.ContentDisposition!.FileNameStar!;
        Assert.StartsWith("a-golden-cat-on-müller-s-roof-在屋顶上", name, StringComparison.Ordinal);
        Assert.EndsWith("-0.png", name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetFile_Range_Is206AndBeyondTheEndIs416()
    {
        var job = await DoneAsync("range");
        var whole = await app.Http.GetByteArrayAsync(UrlOf(job));
        using var part = await GetAsync(UrlOf(job), request => request.Headers.Range = new RangeHeaderValue(10, 19));
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(whole[10..20], await part.Content.ReadAsByteArrayAsync());
        using var beyond = await GetAsync(UrlOf(job), request => request.Headers.Range = new RangeHeaderValue(whole.Length, null));
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, beyond.StatusCode);
    }

    [Fact]
    public async Task GetFile_MatchingETag_Is304()
    {
        var job = await DoneAsync("etag");
        var tag = new EntityTagHeaderValue($"\"sha256-{job["images"]![0]!["sha256"]!.GetValue<string>()}\"");
        using var same = await GetAsync(UrlOf(job), request => request.Headers.IfNoneMatch.Add(tag));
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        using var other = await GetAsync(UrlOf(job), request => request.Headers.IfNoneMatch.Add(new EntityTagHeaderValue("\"sha256-00\"")));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("-1")]
    [InlineData("x")]
    [InlineData("99999999999")]
    public async Task GetFile_UnknownNumber_Is404(string number)
    {
        var job = await DoneAsync("number");
        using var answer = await app.Http.GetAsync($"api/images/{TestApp.IdOf(job)}/files/{number}");
        Assert.Equal("/docs/errors#not-found", (await app.ReadAsync(answer, HttpStatusCode.NotFound))["type"]!.GetValue<string>());
    }

    [Fact]
    public async Task GetFile_DownloadSas_RedirectsToStorage()
    {
        var job = await DoneAsync("link");
        // This client has no leak check, because the answer must contain a signed link.
        using var http = new HttpClient { BaseAddress = app.Http.BaseAddress };
        using var answer = await http.GetAsync($"{UrlOf(job)}?download=sas");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("sig=", answer.RequestMessage!.RequestUri!.Query, StringComparison.Ordinal);
        Assert.Equal(await app.Http.GetByteArrayAsync(UrlOf(job)), await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Sidecar_Picture_HasTheFacts()
    {
        var prompt = TestApp.NewPrompt("sidecar");
        var job = await app.EndOfAsync(
            await app.PostAsync(new { prompt, size = "128x64", seed = 7, steps = 9, guidance = 3.5, name = "My Cat" }));
        using var answer = await app.Http.GetAsync($"api/images/{TestApp.IdOf(job)}/sidecar");
        var facts = await app.ReadAsync(answer, HttpStatusCode.OK);
        Assert.Equal(prompt, facts["request"]!["prompt"]!.GetValue<string>());
        Assert.Equal(
            (7, 9, 3.5, "128x64"),
            (
                facts["seed"]!.GetValue<int>(),
                facts["steps"]!.GetValue<int>(),
                facts["guidance"]!.GetValue<double>(),
                facts["size"]!.GetValue<string>()));
        Assert.Equal(job["upstream"]![0]!["taskId"]!.GetValue<string>(), facts["taskId"]!.GetValue<string>());
        Assert.Equal(job["images"]![0]!["sha256"]!.GetValue<string>(), facts["sha256"]!.GetValue<string>());
        Assert.StartsWith("my-cat-0", facts["file"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.EndsWith("Z", facts["createdAt"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_ClampedSize_HasAWarning()
    {
        var job = await app.EndOfAsync(await app.PostAsync(new { prompt = TestApp.NewPrompt("clamped"), size = "16x16" }));
        Assert.Equal((64, 64), (job["images"]![0]!["width"]!.GetValue<int>(), job["images"]![0]!["height"]!.GetValue<int>()));
        Assert.Contains("16x16", job["images"]![0]!["warnings"]![0]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_UnsafeName_IsSanitizedInTheFolderOfTheDay()
    {
        var job = await app.EndOfAsync(
            await app.PostAsync(new { prompt = TestApp.NewPrompt("x"), size = "64x64", name = "../../CON: <a|b>?*\" \\ 猫" }));
        var blobs = await app.BlobsOfAsync(job);
        Assert.Equal(2, blobs.Count(TestApp.IsNoThumbnail));
        var name = $@"^\d{{4}}/\d\d/\d\d/{TestApp.IdOf(job)}/con-a-b-猫-0(\.png|\.json|\.thumb\.webp)$";
        Assert.All(blobs, blob => Assert.Matches(name, blob));
    }

    private async Task<JsonObject> DoneAsync(string prompt)
    {
        var job = await app.EndOfAsync(await app.PostAsync(new { prompt = TestApp.NewPrompt(prompt), size = "64x64" }));
        Assert.Equal("succeeded", TestApp.StatusOf(job));
        return job;
    }

    private async Task<HttpResponseMessage> GetAsync(string url, Action<HttpRequestMessage> add)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        add(request);
        return await app.Http.SendAsync(request);
    }

    private static string UrlOf(JsonObject job) => job["images"]![0]!["url"]!.GetValue<string>();
}
