using System.Net;
using System.Text.Json.Nodes;
using Darkroom.TestKit;

namespace Darkroom.EndToEnd;

/// <summary>The official SDK for JavaScript, unmodified and with its retries on, against the app.</summary>
[Collection(OpenAiApp.Name)]
[Trait(TestApp.Needs, TestApp.OwnApp)]
public sealed class NodeSdkTests(OpenAiApp app)
{
    [Fact]
    public async Task Generate_Url_IsTheAddressOfTheSavedFile()
    {
        var prompt = TestApp.NewPrompt("url");
        var call = await app.CallNodeAsync("generate", new { prompt, model = "dall-e-3", size = "64x96" });
        var url = call["result"]!["data"]!.AsArray().Single()!["url"]!.GetValue<string>();
        using var picture = await app.Http.GetAsync(url);
        Assert.Equal((HttpStatusCode.OK, "image/png"), (picture.StatusCode, picture.Content.Headers.ContentType!.MediaType));
        Assert.Equal("Tongyi-MAI/Z-Image-Turbo", call["headers"]!["darkroom-model"]!.GetValue<string>());
        Assert.Equal(("png", "64x96"), (Text(call, "result", "output_format"), Text(call, "result", "size")));
        Assert.Equal(0, call["result"]!["usage"]!["total_tokens"]!.GetValue<int>());
        Assert.Equal(1, app.PostsOf(prompt));
    }

    [Fact]
    public async Task Generate_GptImageAndTwoPictures_AreTwoInBase64()
    {
        var prompt = TestApp.NewPrompt("two");
        var call = await app.CallNodeAsync("generate", new { prompt, model = "gpt-image-1", n = 2, size = "64x64", quality = "auto" });
        var pictures = call["result"]!["data"]!.AsArray();
        Assert.Equal(2, pictures.Count);
        Assert.All(pictures, picture => Assert.Equal(
            [0x89, (byte)'P', (byte)'N', (byte)'G'], Convert.FromBase64String(picture!["b64_json"]!.GetValue<string>())[..4]));
        Assert.Equal(2, app.PostsOf(prompt));
    }

    [Fact]
    public async Task Edit_TwoPictures_AreSentOnAsDataUrls()
    {
        var prompt = TestApp.NewPrompt("edit");
        byte[][] files = [TestPictures.Png(1), TestPictures.Png(2)];
        var call = await app.CallNodeAsync("edit", new { prompt, model = "Qwen/Qwen-Image-Edit", response_format = "url" }, files: files);
        Assert.NotNull(call["result"]!["data"]![0]!["url"]);
        var body = JsonNode.Parse(app.Upstream.Counters.Bodies.Single(sent => sent.Contains(prompt, StringComparison.Ordinal)))!;
        Assert.Equal(
            files.Select(file => $"data:image/png;base64,{Convert.ToBase64String(file)}"),
            body["image_url"]!.AsArray().Select(url => url!.GetValue<string>()));
        Assert.Equal("Qwen/Qwen-Image-Edit", body["model"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("generate", "image_generation.completed")]
    [InlineData("edit", "image_edit.completed")]
    public async Task Stream_TwoPictures_AreTwoEvents(string method, string type)
    {
        var prompt = TestApp.NewPrompt("stream");
        var files = method == "edit" ? new[] { TestPictures.Png() } : null;
        var call = await app.CallNodeAsync(
            method, new { prompt, model = "m/x", n = 2, size = "64x64", stream = true, partial_images = 0 }, files: files);
        var events = call["events"]!.AsArray();
        Assert.Equal([type, type], events.Select(one => one!["type"]!.GetValue<string>()));
        Assert.All(events, one => Assert.NotEmpty(Convert.FromBase64String(one!["b64_json"]!.GetValue<string>())));
        Assert.Equal(2, app.PostsOf(prompt));
    }

    [Fact]
    public async Task Models_AreListed() => Assert.Contains(
        (await app.CallNodeAsync("models"))["models"]!.AsArray(),
        model => model!["id"]!.GetValue<string>() == "Tongyi-MAI/Z-Image-Turbo");

    [Theory]
    [InlineData("invalid-token", "AuthenticationError", 401, "invalid_api_key", 1)]
    [InlineData("moderated", "BadRequestError", 400, "content_policy_violation", 1)]
    [InlineData("no-provider", "NotFoundError", 404, "model_not_found", 1)]
    [InlineData("bad-parameter", "BadRequestError", 400, "invalid_request", 1)]
    [InlineData("submit-502", "InternalServerError", 502, "submission_unknown", 1)]
    [InlineData("submit-cut", "InternalServerError", 502, "submission_unknown", 1)]
    [InlineData("failed-message", "InternalServerError", 502, "upstream_failed", 1)]
    public async Task Generate_UpstreamFails_IsTheErrorOfTheSdkWithoutARetry(
        string scenario, string error, int status, string code, int posts)
    {
        var prompt = TestApp.NewPrompt(scenario);
        app.Upstream.Scenarios.Assign(scenario, prompt);
        var call = await app.CallNodeAsync("generate", new { prompt, model = "m/x" });
        Assert.Equal((error, code), (Text(call, "error", "name"), Text(call, "error", "code")));
        Assert.Equal((status, 1), (call["error"]!["status"]!.GetValue<int>(), call["tries"]!.GetValue<int>()));
        Assert.Equal(posts, app.PostsOf(prompt));
        Assert.NotNull((await app.GetAsync(Text(call, "error", "requestID")))["error"]);
    }

    [Fact]
    public async Task Generate_FlakyUpstream_IsAnswered()
    {
        var prompt = TestApp.NewPrompt("flaky");
        app.Upstream.Scenarios.Assign("busy", prompt, times: 1);
        app.Upstream.Scenarios.Assign("dead-first-link", prompt);
        var call = await app.CallNodeAsync("generate", new { prompt, model = "m/x" });
        Assert.True(call["result"]?["data"]![0]!["url"] is not null, call.ToJsonString());
        // The refused submit was not accepted, so exactly one task was paid for.
        Assert.Equal(2, app.PostsOf(prompt));
        Assert.Equal(1, app.Upstream.Tasks.All.Count(task => task.Body.Prompt == prompt));
    }

    [Theory]
    [InlineData("""{"quality":"hd"}""", "quality")]
    [InlineData("""{"n":11}""", "n")]
    [InlineData("""{"prompt":""}""", "prompt")]
    public async Task Generate_InvalidField_IsABadRequestWithItsName(string fields, string param)
    {
        var body = JsonNode.Parse(fields)!.AsObject();
        body.TryAdd("prompt", "p");
        var call = await app.CallNodeAsync("generate", body);
        Assert.Equal(("BadRequestError", "invalid_request_error", param), (
            Text(call, "error", "name"), Text(call, "error", "type"), Text(call, "error", "param")));
    }

    [Fact]
    public async Task Generate_LongerThanTheAppWaits_Is504OnceAndTheNextCallGetsThePicture()
    {
        var prompt = TestApp.NewPrompt("504");
        app.Holds();
        try
        {
            var call = await app.CallNodeAsync("generate", new { prompt, model = "m/x" });
            Assert.Equal((504, "timeout", 1), (
                call["error"]!["status"]!.GetValue<int>(), Text(call, "error", "code"), call["tries"]!.GetValue<int>()));
            var job = Text(call, "error", "requestID");
            Assert.Contains(job, Text(call, "error", "message"), StringComparison.Ordinal);
            app.Finish();
            call = await app.CallNodeAsync("generate", new { prompt, model = "m/x" });
            Assert.Contains(job, call["result"]!["data"]![0]!["url"]!.GetValue<string>(), StringComparison.Ordinal);
            Assert.Equal(1, app.PostsOf(prompt));
        }
        finally
        {
            app.Finish();
        }
    }

    [Theory]
    [InlineData("generate")]
    [InlineData("edit")]
    public async Task Call_ClientGivesUpAndRetries_IsOneTask(string method)
    {
        var prompt = TestApp.NewPrompt("impatient");
        // The task is visible only after two seconds, and each try waits one second.
        app.Upstream.Scenarios.Assign("404-at-first", prompt);
        var call = await app.CallNodeAsync(
            method,
            new { prompt, model = "m/x" },
            new { timeout = 1000, maxRetries = 10 },
            method == "edit" ? [TestPictures.Png()] : null);
        Assert.True(call["result"]?["data"]![0]!["url"] is not null, call.ToJsonString());
        Assert.InRange(call["tries"]!.GetValue<int>(), 2, 11);
        Assert.Equal(1, app.PostsOf(prompt));
    }

    [Fact]
    public async Task Call_ConnectionIsCut_RetriesAndIsOneTask()
    {
        var prompt = TestApp.NewPrompt("cut");
        using var cable = Cable.To(app.Endpoint.Port);
        app.Upstream.Scenarios.Assign("404-at-first", prompt);
        var calling = app.CallNodeAsync(
            "generate", new { prompt, model = "m/x" }, endpoint: new Uri($"http://127.0.0.1:{cable.Port}/v1"));
        await app.UntilPostedAsync(prompt);
        cable.Cut();
        cable.Mend();
        var call = await calling;
        Assert.True(call["result"]?["data"]![0]!["url"] is not null, call.ToJsonString());
        Assert.Equal(2, call["tries"]!.GetValue<int>());
        Assert.Equal(1, app.PostsOf(prompt));
    }

    [Fact]
    public async Task Stream_TaskFails_ThrowsTheErrorWithTheReason()
    {
        var prompt = TestApp.NewPrompt("stream fails");
        app.Upstream.Scenarios.Assign("failed-message", prompt);
        var call = await app.CallNodeAsync("generate", new { prompt, model = "m/x", stream = true });
        Assert.Equal("upstream_failed", Text(call, "error", "code"));
        Assert.Equal(1, app.PostsOf(prompt));
    }

    [Fact]
    public async Task Generate_QuotaUsedUp_IsInsufficientQuota()
    {
        var prompt = TestApp.NewPrompt("quota");
        app.Upstream.Scenarios.Assign("quota-until", prompt, times: 1);
        var call = await app.CallNodeAsync("generate", new { prompt, model = "m/x" });
        Assert.Equal(("RateLimitError", "insufficient_quota", 1), (
            Text(call, "error", "name"), Text(call, "error", "code"), call["tries"]!.GetValue<int>()));
        Assert.Equal(1, app.PostsOf(prompt));
        // The cool-down of two seconds concerns every test.
        await app.EndOfAsync(await app.PostAsync(new { prompt = TestApp.NewPrompt("after"), size = "64x64" }));
    }

    private static string Text(JsonObject call, string part, string name) =>
        call[part]?[name]?.GetValue<string>() ?? throw new InvalidOperationException($"No {part}.{name}: {call.ToJsonString()}");
}
