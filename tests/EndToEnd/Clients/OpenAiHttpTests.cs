using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Darkroom.EndToEnd;

/// <summary>The OpenAI API over plain HTTP: what the SDKs do not send or show.</summary>
[Collection(OpenAiApp.Name)]
[Trait(TestApp.Needs, TestApp.OwnApp)]
public sealed class OpenAiHttpTests(OpenAiApp app)
{
    private const string Generations = "v1/images/generations";
    private const string Edits = "v1/images/edits";

    [Fact]
    public async Task Post_SameIdempotencyKey_ReplaysTheJob()
    {
        var (prompt, key) = (TestApp.NewPrompt("key"), Guid.NewGuid().ToString());
        using var first = await app.SendAsync(HttpMethod.Post, Generations, new { prompt, size = "64x64" }, key);
        using var again = await app.SendAsync(
            HttpMethod.Post, Generations, new { prompt, size = "64x64", response_format = "b64_json" }, key);
        Assert.Equal(Header(first, "Darkroom-Job"), Header(again, "Darkroom-Job"));
        Assert.Equal("true", Header(again, "Idempotent-Replayed"));
        Assert.NotNull((await app.ReadAsync(again, HttpStatusCode.OK))["data"]![0]!["b64_json"]);
        using var other = await app.SendAsync(HttpMethod.Post, Generations, new { prompt = "another", size = "64x64" }, key);
        Assert.Equal("idempotency_key_reuse", (await ErrorAsync(other, HttpStatusCode.UnprocessableEntity))["code"]!.GetValue<string>());
        Assert.Equal(1, app.PostsOf(prompt));
    }

    [Fact]
    public async Task Post_RespondAsync_Is202WithTheJob()
    {
        var prompt = TestApp.NewPrompt("async");
        using var answer = await app.SendAsync(HttpMethod.Post, Generations, new { prompt, size = "64x64" }, prefer: "respond-async");
        var job = await app.ReadAsync(answer, HttpStatusCode.Accepted);
        Assert.Equal("respond-async", Header(answer, "Preference-Applied"));
        Assert.Equal($"/api/images/{TestApp.IdOf(job)}", answer.Headers.Location!.OriginalString);
        Assert.Equal("succeeded", TestApp.StatusOf(await app.EndOfAsync(job)));
    }

    [Theory]
    [InlineData("jpeg")]
    [InlineData("webp")]
    [InlineData("png")]
    public async Task Post_OutputFormat_IsTheFormatOfThePicture(string format)
    {
        var prompt = TestApp.NewPrompt(format);
        using var base64 = await app.SendAsync(
            HttpMethod.Post, Generations, new { prompt, size = "64x64", output_format = format, response_format = "b64_json" });
        var body = await app.ReadAsync(base64, HttpStatusCode.OK);
        Assert.Equal(format, body["output_format"]!.GetValue<string>());
        Assert.Equal(format, FormatOf(Convert.FromBase64String(body["data"]![0]!["b64_json"]!.GetValue<string>())));

        using var url = await app.SendAsync(HttpMethod.Post, Generations, new { prompt, size = "64x64", output_format = format });
        using var picture = await app.Http.GetAsync((await app.ReadAsync(url, HttpStatusCode.OK))["data"]![0]!["url"]!.GetValue<string>());
        Assert.Equal($"image/{format}", picture.Content.Headers.ContentType!.MediaType);
        Assert.Equal(format, FormatOf(await picture.Content.ReadAsByteArrayAsync()));
    }

    [Fact]
    public async Task Post_InvalidEdits_AreRefusedAndNothingIsSubmitted()
    {
        var submits = app.Upstream.Counters.Submits;
        using (var many = Form(Enumerable.Range(0, 17).Select(_ => ("image[]", TestPictures.Png()))))
            await RefusedAsync(many, HttpStatusCode.BadRequest, "image");
        using (var mask = Form([("image", TestPictures.Png()), ("mask", TestPictures.Png())]))
            await RefusedAsync(mask, HttpStatusCode.BadRequest, "mask");
        using (var text = Form([("image", "no picture"u8.ToArray())]))
            await RefusedAsync(text, HttpStatusCode.BadRequest, "image");
        using (var large = Form([("image", [.. TestPictures.Png(), .. new byte[11 << 20]])]))
            await RefusedAsync(large, HttpStatusCode.RequestEntityTooLarge, param: null);
        using (var json = JsonContent.Create(new { prompt = "p" }))
            await RefusedAsync(json, HttpStatusCode.UnsupportedMediaType, param: null);
        Assert.Equal(submits, app.Upstream.Counters.Submits);
    }

    [Fact]
    public async Task Post_PicturesUpToTheLimit_AreSentOn()
    {
        var prompt = TestApp.NewPrompt("large");
        var picture = TestPictures.Png();
        using var form = Form(
            Enumerable.Range(0, 2).Select(_ => ("image[]", (byte[])[.. picture, .. new byte[(10 << 20) - picture.Length]])), prompt);
        using var answer = await app.Http.PostAsync(Edits, form);
        Assert.NotNull((await app.ReadAsync(answer, HttpStatusCode.OK))["data"]![0]!["url"]);
        Assert.Equal(1, app.PostsOf(prompt));
    }

    [Fact]
    public async Task Post_InvalidJson_HasTheEnvelopeOfOpenAi()
    {
        using var broken = new StringContent("{", System.Text.Encoding.UTF8, "application/json");
        using var answer = await app.Http.PostAsync(Generations, broken);
        Assert.Equal("body", (await ErrorAsync(answer, HttpStatusCode.BadRequest))["param"]!.GetValue<string>());
        using var large = new StringContent($"\"{new string('x', 2 << 20)}\"", System.Text.Encoding.UTF8, "application/json");
        using var refused = await app.Http.PostAsync(Generations, large);
        Assert.Equal("too_large", (await ErrorAsync(refused, HttpStatusCode.RequestEntityTooLarge))["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task Post_ClientDisconnects_TheJobGoesOn()
    {
        var prompt = TestApp.NewPrompt("leaves");
        app.Upstream.Scenarios.Assign("404-at-first", prompt);
        using var leaves = new CancellationTokenSource();
        using var request = JsonContent.Create(new { prompt, size = "64x64" });
        var calling = app.Http.PostAsync(Generations, request, leaves.Token);
        await app.UntilPostedAsync(prompt);
        await leaves.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => calling);
        // The next identical request gets the picture that nobody has received.
        using var again = await app.SendAsync(HttpMethod.Post, Generations, new { prompt, size = "64x64" });
        await app.ReadAsync(again, HttpStatusCode.OK);
        Assert.Equal("succeeded", TestApp.StatusOf(await app.GetAsync(Header(again, "Darkroom-Job"))));
        Assert.Equal(1, app.PostsOf(prompt));
    }

    [Fact]
    public async Task Post_RunningTooLong_Is504WithTheJobAndWithoutARetry()
    {
        var prompt = TestApp.NewPrompt("slow");
        app.Upstream.Scenarios.Assign("never-ends", prompt);
        using var answer = await app.SendAsync(HttpMethod.Post, Generations, new { prompt, size = "64x64" });
        await ErrorAsync(answer, HttpStatusCode.GatewayTimeout);
        Assert.Equal(("false", Header(answer, "Darkroom-Job")), (Header(answer, "x-should-retry"), Header(answer, "x-request-id")));
        using var cancel = await app.Http.DeleteAsync($"api/images/{Header(answer, "Darkroom-Job")}");
        Assert.Equal(1, app.PostsOf(prompt));
    }

    [Fact]
    public async Task Post_ModelThatIsNoHeaderText_IsAnswered()
    {
        using var answer = await app.SendAsync(
            HttpMethod.Post, Generations, new { prompt = TestApp.NewPrompt("model"), model = "模型/x", size = "64x64" });
        await app.ReadAsync(answer, HttpStatusCode.OK);
        Assert.False(answer.Headers.Contains("Darkroom-Model"));
    }

    [Fact]
    public async Task Post_Stream_BeginsWithAComment()
    {
        var prompt = TestApp.NewPrompt("comment");
        using var request = new HttpRequestMessage(HttpMethod.Post, Generations)
        {
            Content = JsonContent.Create(new { prompt, size = "64x64", stream = true }),
        };
        using var answer = await app.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.StartsWith(":\n\n", text, StringComparison.Ordinal);
        Assert.Contains("\n\nevent: image_generation.completed\ndata: {", text, StringComparison.Ordinal);
        Assert.EndsWith("}\n\n", text, StringComparison.Ordinal);
    }

    private static string FormatOf(byte[] bytes) => bytes switch
    {
        [0x89, (byte)'P', ..] => "png",
        [0xFF, 0xD8, ..] => "jpeg",
        [(byte)'R', (byte)'I', ..] => "webp",
        _ => "unknown",
    };

    private static MultipartFormDataContent Form(IEnumerable<(string Name, byte[] Bytes)> files, string prompt = "p")
    {
        var form = new MultipartFormDataContent { { new StringContent(prompt), "prompt" }, { new StringContent("m/x"), "model" } };
        foreach (var (name, bytes) in files)
            form.Add(new ByteArrayContent(bytes), name, "a.png");
        return form;
    }

    private static string Header(HttpResponseMessage answer, string name) => answer.Headers.GetValues(name).Single();

    private async Task RefusedAsync(HttpContent body, HttpStatusCode status, string? param)
    {
        using var answer = await app.Http.PostAsync(Edits, body);
        Assert.Equal(param, (await ErrorAsync(answer, status))["param"]?.GetValue<string>());
    }

    private async Task<JsonObject> ErrorAsync(HttpResponseMessage answer, HttpStatusCode status) =>
        (await app.ReadAsync(answer, status))["error"]!.AsObject();
}
