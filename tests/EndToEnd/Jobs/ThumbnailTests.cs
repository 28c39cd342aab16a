using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Darkroom.EndToEnd;

public sealed class ThumbnailTests(TestApp app)
{
    [Theory]
    [InlineData("1024x640", 512, 320)]
    [InlineData("64x96", 64, 96)]
    public async Task GetThumbnail_Picture_IsASmallWebPWithHeadersForABrowser(string size, int width, int height)
    {
        var job = await DoneAsync(size);
        using var answer = await app.Http.GetAsync(UrlOf(job));
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("image/webp", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal((width, height), SizeOf(bytes));
        Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromDays(365), answer.Headers.CacheControl.MaxAge);

        using var again = new HttpRequestMessage(HttpMethod.Get, UrlOf(job));
        again.Headers.IfNoneMatch.Add(new EntityTagHeaderValue(answer.Headers.ETag!.Tag));
        using var same = await app.Http.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
    }

    [Fact]
    public async Task GetThumbnail_UndecodablePicture_Is404AndTheJobSucceeded()
    {
        var prompt = TestApp.NewPrompt("damaged");
        app.Upstream.Scenarios.Assign("damaged", prompt);
        var job = await app.EndOfAsync(await app.PostAsync(new { prompt, size = "64x64" }));
        Assert.Equal("succeeded", TestApp.StatusOf(job));
        using var answer = await app.Http.GetAsync(UrlOf(job));
        var problem = await app.ReadAsync(answer, HttpStatusCode.NotFound);
        Assert.Equal("/docs/errors#not-found", problem["type"]!.GetValue<string>());
        Assert.Contains("decoded", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetThumbnail_WasLostByACrash_IsMadeForTheRequest()
    {
        var job = await DoneAsync("640x64");
        var blobs = app.Storage.GetBlobContainerClient("pictures");
        foreach (var blob in await app.BlobsOfAsync(job))
        {
            if (!TestApp.IsNoThumbnail(blob))
                await blobs.DeleteBlobAsync(blob);
        }

        Assert.Equal((512, 51), SizeOf(await app.Http.GetByteArrayAsync(UrlOf(job))));
        Assert.Contains(await app.BlobsOfAsync(job), blob => !TestApp.IsNoThumbnail(blob));
    }

    [Fact]
    public async Task GetThumbnail_PictureWasDeleted_Is410()
    {
        var job = await DoneAsync("64x64");
        foreach (var blob in await app.BlobsOfAsync(job))
            await app.Storage.GetBlobContainerClient("pictures").DeleteBlobAsync(blob);
        using var answer = await app.Http.GetAsync(UrlOf(job));
        Assert.Equal("/docs/errors#gone", (await app.ReadAsync(answer, HttpStatusCode.Gone))["type"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("1")]
    [InlineData("x")]
    public async Task GetThumbnail_UnknownNumber_Is404(string number)
    {
        var job = await DoneAsync("64x64");
        using var answer = await app.Http.GetAsync($"api/images/{TestApp.IdOf(job)}/files/{number}/thumbnail");
        await app.ReadAsync(answer, HttpStatusCode.NotFound);
        using var unknown = await app.Http.GetAsync("api/images/00000000000000000000000000/files/0/thumbnail");
        await app.ReadAsync(unknown, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task GetThumbnail_ReusedPicture_IsTheOneOfTheEarlierJob()
    {
        var request = new { prompt = TestApp.NewPrompt("reused"), size = "640x640", seed = 7, reuse = "identical" };
        var first = await app.EndOfAsync(await app.PostAsync(request));
        var second = await app.PostAsync(request, expected: HttpStatusCode.OK);
        Assert.Equal(TestApp.IdOf(first), second["reusedFrom"]!.GetValue<string>());
        Assert.Equal(await app.Http.GetByteArrayAsync(UrlOf(first)), await app.Http.GetByteArrayAsync(UrlOf(second)));
        Assert.Empty(await app.BlobsOfAsync(second));
    }

    private async Task<JsonObject> DoneAsync(string size)
    {
        var job = await app.EndOfAsync(await app.PostAsync(new { prompt = TestApp.NewPrompt("thumbnail"), size }));
        Assert.Equal("succeeded", TestApp.StatusOf(job));
        return job;
    }

    private static string UrlOf(JsonObject job) => $"{job["images"]![0]!["url"]!.GetValue<string>()}/thumbnail";

    // The size in the header of a lossy WebP file without further features.
    private static (int Width, int Height) SizeOf(byte[] webP)
    {
        Assert.Equal("VP8 "u8, webP.AsSpan(12, 4));
        return (BitConverter.ToUInt16(webP, 26), BitConverter.ToUInt16(webP, 28));
    }
}
