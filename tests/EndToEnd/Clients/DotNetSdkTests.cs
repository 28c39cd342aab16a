using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI;
using OpenAI.Images;
using OpenAI.Models;

#pragma warning disable OPENAI001 // The SDK marks streams and usage as experimental.

namespace Darkroom.EndToEnd;

/// <summary>
/// The official SDK for .NET, unmodified and with its retries on. It does not mark retries and ignores x-should-retry: it repeats every
/// 429, 500, 502, 503 and 504 three times.
/// </summary>
[Collection(OpenAiApp.Name)]
[Trait(TestApp.Needs, TestApp.OwnApp)]
public sealed class DotNetSdkTests(OpenAiApp app)
{
    private static readonly GeneratedImageSize Small = new(64, 64);
    private static readonly HttpClient Checked = new(new ContractWatch(new LeakWatch())) { Timeout = Timeout.InfiniteTimeSpan };

    [Fact]
    public async Task GenerateImage_Uri_IsTheAddressOfTheSavedFile()
    {
        var prompt = TestApp.NewPrompt("uri");
        var image = (await Client("dall-e-3").GenerateImageAsync(
            prompt, new ImageGenerationOptions { Size = Small, ResponseFormat = GeneratedImageFormat.Uri })).Value;
        Assert.StartsWith(app.Http.BaseAddress!.AbsoluteUri, image.ImageUri.AbsoluteUri, StringComparison.Ordinal);
        Assert.NotEmpty(await app.Http.GetByteArrayAsync(image.ImageUri));
        Assert.Equal(1, app.PostsOf(prompt));
    }

    [Fact]
    public async Task GenerateImages_Bytes_AreTwoPictures()
    {
        var prompt = TestApp.NewPrompt("bytes");
        var images = (await Client("m/x").GenerateImagesAsync(
            prompt, 2, new ImageGenerationOptions { Size = Small, ResponseFormat = GeneratedImageFormat.Bytes, EndUserId = "u" })).Value;
        Assert.Equal(2, images.Count);
        Assert.All(images, image => Assert.Equal("PNG"u8, image.ImageBytes.ToArray().AsSpan(1, 3)));
        Assert.Equal(0, images.Usage.TotalTokenCount);
        Assert.Equal(2, app.PostsOf(prompt));
    }

    [Fact]
    public async Task GenerateImageEdit_Picture_IsSentOn()
    {
        var prompt = TestApp.NewPrompt("edit");
        var picture = TestPictures.Png();
        var image = (await Client("gpt-image-1").GenerateImageEditAsync(new MemoryStream(picture), "a.png", prompt)).Value;
        Assert.NotEmpty(image.ImageBytes.ToArray());
        Assert.Contains(
            app.Upstream.Counters.Bodies,
            body => body.Contains(prompt, StringComparison.Ordinal)
                && body.Contains(Convert.ToBase64String(picture), StringComparison.Ordinal));
    }

    [Fact]
    public async Task GenerateImageEdit_Mask_IsRefused()
    {
        var refused = await Assert.ThrowsAsync<ClientResultException>(() => Client("gpt-image-1").GenerateImageEditAsync(
            new MemoryStream(TestPictures.Png()), "a.png", "p", new MemoryStream(TestPictures.Png()), "mask.png"));
        Assert.Equal(400, refused.Status);
        Assert.Contains("mask", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetModels_HasTheDefaultModel() => Assert.Contains(
        (await new OpenAIModelClient(new ApiKeyCredential("any"), Options()).GetModelsAsync()).Value,
        model => model.Id == "Tongyi-MAI/Z-Image-Turbo");

    [Theory]
    [InlineData("moderated", 400)]
    [InlineData("invalid-token", 401)]
    [InlineData("no-provider", 404)]
    [InlineData("submit-502", 502)]
    [InlineData("failed-message", 502)]
    public async Task GenerateImage_UpstreamFails_IsOneTaskDespiteRetries(string scenario, int status)
    {
        var prompt = TestApp.NewPrompt(scenario);
        app.Upstream.Scenarios.Assign(scenario, prompt);
        var failed = await Assert.ThrowsAsync<ClientResultException>(() => Client("m/x").GenerateImageAsync(prompt));
        Assert.Equal(status, failed.Status);
        Assert.Equal(1, app.PostsOf(prompt));
    }

    [Fact]
    public async Task GenerateImage_LongerThanTheAppWaits_RetriesGetThePictureOfTheFirstTry()
    {
        var prompt = TestApp.NewPrompt("504");
        app.Holds();
        try
        {
            var tries = new TryCounter();
            var options = Options();
            options.AddPolicy(tries, PipelinePosition.PerTry);
            var calling = new ImageClient("m/x", new ApiKeyCredential("any"), options).GenerateImageAsync(prompt);
            // The first try has got its 504, and a retry waits.
            await Task.WhenAny(calling, tries.Second);
            app.Finish();
            Assert.NotNull((await calling).Value.ImageUri);
            Assert.Equal(1, app.PostsOf(prompt));
        }
        finally
        {
            app.Finish();
        }
    }

    [Fact]
    public async Task GenerateImage_ClientGivesUpAndRetries_IsOneTask()
    {
        var prompt = TestApp.NewPrompt("impatient");
        app.Upstream.Scenarios.Assign("404-at-first", prompt);
        var options = Options();
        options.NetworkTimeout = TimeSpan.FromSeconds(1);
        // On a slow machine the job can take longer than the three retries of the default.
        options.RetryPolicy = new ClientRetryPolicy(maxRetries: 10);
        var image = (await new ImageClient("m/x", new ApiKeyCredential("any"), options).GenerateImageAsync(prompt)).Value;
        Assert.NotNull(image.ImageUri);
        Assert.Equal(1, app.PostsOf(prompt));
    }

    [Fact]
    public async Task GenerateImage_TwoCallsAtOnce_AreTwoTasks()
    {
        var prompt = TestApp.NewPrompt("both");
        var images = await Task.WhenAll(Client("m/x").GenerateImageAsync(prompt), Client("m/x").GenerateImageAsync(prompt));
        Assert.NotEqual(images[0].Value.ImageUri, images[1].Value.ImageUri);
        Assert.Equal(2, app.PostsOf(prompt));
    }

    [Fact]
    public async Task GenerateImage_SamePromptAgainAfterAnAnswer_IsAnotherPicture()
    {
        var prompt = TestApp.NewPrompt("again");
        var first = (await Client("m/x").GenerateImageAsync(prompt)).Value.ImageUri;
        Assert.NotEqual(first, (await Client("m/x").GenerateImageAsync(prompt)).Value.ImageUri);
        Assert.Equal(2, app.PostsOf(prompt));
    }

    [Fact]
    public async Task GenerateImagesStreaming_Events_ArriveAsServerSentEvents()
    {
        var prompt = TestApp.NewPrompt("stream");
        var body = $$"""{"prompt":"{{prompt}}","model":"m/x","size":"64x64","stream":true}""";
        using var content = BinaryContent.Create(BinaryData.FromString(body));
        var types = new List<string>();
        await foreach (var update in await Client("m/x").GenerateImagesStreamingAsync(content))
            types.Add(update.EventType);
        Assert.Equal(["image_generation.completed"], types);
        Assert.Equal(1, app.PostsOf(prompt));
    }

    private ImageClient Client(string model) => new(model, new ApiKeyCredential("any"), Options());

    // The transport is the SDK's own, on an HttpClient that compares each answer with openapi.yaml.
    private OpenAIClientOptions Options() => new() { Endpoint = app.Endpoint, Transport = new HttpClientPipelineTransport(Checked) };

    /// <summary>Reports when the client sends a request for the second time.</summary>
    private sealed class TryCounter : PipelinePolicy
    {
        private readonly TaskCompletionSource _second = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _tries;

        public Task Second => _second.Task;

        public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex) =>
            throw new NotSupportedException("The tests make no blocking calls.");

        public override async ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
        {
            if (Interlocked.Increment(ref _tries) == 2)
                _second.SetResult();
            await ProcessNextAsync(message, pipeline, currentIndex);
        }
    }
}
