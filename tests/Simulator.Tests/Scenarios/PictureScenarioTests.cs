using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Darkroom.TestKit;
using SkiaSharp;

namespace Darkroom.Simulator.Tests.Scenarios;

/// <summary>Downloads the pictures of scenarios and decodes them.</summary>
public sealed class PictureScenarioTests
{
    [Theory]
    [InlineData("done-SUCCEED", SKEncodedImageFormat.Png, "image/png", SKCodecResult.Success)]
    [InlineData("jpeg", SKEncodedImageFormat.Jpeg, "image/jpeg", SKCodecResult.Success)]
    [InlineData("lying-type", SKEncodedImageFormat.Png, "image/jpeg", SKCodecResult.Success)]
    [InlineData("truncated", SKEncodedImageFormat.Png, "image/png", SKCodecResult.IncompleteInput)]
    public async Task Picture_OfAScenario_HasItsFormat(string scenario, SKEncodedImageFormat format, string type, SKCodecResult result)
    {
        var (picture, announced, announcedType) = await DownloadAsync(scenario);

        Assert.Equal((picture.Length, type), (announced, announcedType));
        using var stream = new MemoryStream(picture);
        using var codec = SKCodec.Create(stream)!;
        using var bitmap = new SKBitmap(codec.Info);
        Assert.Equal((format, 64, 48), (codec.EncodedFormat, codec.Info.Width, codec.Info.Height));
        Assert.Equal(result, codec.GetPixels(bitmap.Info, bitmap.GetPixels()));
    }

    [Theory]
    [InlineData("one-megabyte", 1, true)]
    [InlineData("fifty-megabytes", 49, true)]
    [InlineData("oversize", 60, true)]
    [InlineData("oversize-unannounced", 60, false)]
    public async Task Picture_OfALargeSize_HasExactlyThatSize(string scenario, int mebibytes, bool isAnnounced)
    {
        var (picture, announced, _) = await DownloadAsync(scenario);

        Assert.Equal((mebibytes << 20, isAnnounced ? mebibytes << 20 : null), (picture.Length, announced));
        // Reads only the header, because a decoder that reads in small steps needs minutes for a chunk of 60 MiB.
        using var stream = new MemoryStream(picture);
        using var codec = SKCodec.Create(stream)!;
        Assert.Equal((SKEncodedImageFormat.Png, 64, 48), (codec.EncodedFormat, codec.Info.Width, codec.Info.Height));
    }

    [Fact]
    public async Task Picture_Bomb_IsASmallFileThatDeclaresALargeSize()
    {
        var (picture, _, _) = await DownloadAsync("bomb");

        using var stream = new MemoryStream(picture);
        using var codec = SKCodec.Create(stream)!;
        Assert.Equal((60_000, 60_000), (codec.Info.Width, codec.Info.Height));
        Assert.InRange(picture.Length, 1, 64 * 1024);
    }

    [Theory]
    [InlineData("not-a-picture")]
    [InlineData("empty-picture")]
    public async Task Picture_NotAPicture_CannotBeDecoded(string scenario)
    {
        using var stream = new MemoryStream((await DownloadAsync(scenario)).Picture);

        Assert.Null(SKCodec.Create(stream));
    }

    [Fact]
    public async Task Picture_ConnectionDrops_Throws() =>
        await Assert.ThrowsAsync<HttpRequestException>(() => DownloadAsync("picture-cut"));

    private static async Task<(byte[] Picture, long? Announced, string? Type)> DownloadAsync(string scenario)
    {
        var time = new ManualTime();
        await using var upstream = await SimulatedModelScope.StartAsync(new SimulatorOptions { Time = time });
        upstream.Scenarios.Assign(scenario);
        upstream.Settings = upstream.Settings with { SmallestSide = 1 };
        using var http = new HttpClient { BaseAddress = upstream.ApiUrl };
        http.DefaultRequestHeaders.Add("Authorization", "Bearer x");
        using var post = new HttpRequestMessage(HttpMethod.Post, "v1/images/generations")
        {
            Content = JsonContent.Create(new { model = "a/b", prompt = "cat", seed = 1, size = "64x48" }),
        };
        post.Headers.Add("X-ModelScope-Async-Mode", "true");
        await http.SendAsync(post);
        time.Advance(TimeSpan.FromMinutes(1));
        using var look = new HttpRequestMessage(HttpMethod.Get, $"v1/tasks/{upstream.Tasks.All[0].Id}");
        look.Headers.Add("X-ModelScope-Task-Type", "image_generation");
        var links = (await (await http.SendAsync(look)).Content.ReadFromJsonAsync<JsonObject>())!["output_images"]!;

        using var stranger = new HttpClient();
        using var response = await stranger.GetAsync(links[0]!.GetValue<string>(), HttpCompletionOption.ResponseHeadersRead);
        var announced = response.Content.Headers.ContentLength;
        return (await response.Content.ReadAsByteArrayAsync(), announced, response.Content.Headers.ContentType?.MediaType);
    }
}
