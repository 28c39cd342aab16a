using System.Text.Json.Nodes;
using Darkroom.Cli.Mcp.Calls;
using ModelContextProtocol.Protocol;

namespace Darkroom.Cli.Tests.Mcp;

public sealed class GenerateImageToolTests
{
    private static readonly byte[] Thumbnail = "RIFF____WEBP"u8.ToArray();

    [Fact]
    public async Task GenerateImage_JobSucceeds_ReturnsStructuredContentLinkAndThumbnail()
    {
        await using var darkroom = await FakeDarkroom.StartAsync(fake => fake.Thumbnail = Thumbnail);
        await using var session = await McpSession.StartAsync(darkroom.Url);

        var result = await session.CallAsync("generate_image", new { prompt = "一只猫", idempotency_key = "cat-1" });

        Assert.NotEqual(true, result.IsError);
        var link = Assert.Single(result.Content.OfType<ResourceLinkBlock>());
        Assert.Equal((darkroom.Url + "/api/images/j1/files/0", "image/png", 7), (link.Uri, link.MimeType, link.Size));
        var image = Assert.Single(result.Content.OfType<ImageContentBlock>());
        Assert.Equal("image/webp", image.MimeType);
        Assert.Equal(Thumbnail, image.DecodedData.ToArray());
        var output = result.Structured();
        var job = output["job"]!;
        Assert.Equal(("j1", "succeeded", 7), ((string)job["id"]!, (string)job["status"]!, (int)job["seeds"]![0]!));
        Assert.Equal((link.Uri, "cat-1"), ((string)job["images"]![0]!["url"]!, (string)output["idempotencyKey"]!));
        Assert.True(JsonNode.DeepEquals(output, JsonNode.Parse(result.Text())));
        Assert.Contains("一只猫", result.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain("internal", result.Text(), StringComparison.Ordinal);
        await session.AssertFitsSchemaAsync("generate_image", result);
    }

    [Fact]
    public async Task GenerateImage_AllArguments_SendsThemUnderTheNamesOfTheApi()
    {
        const string request =
            """
            {"prompt":"a cat","model":"Qwen/Qwen-Image","negative_prompt":"blur","size":"1024x768","seed":2147483647,"steps":9,
             "guidance":3.5,"image_url":["https://a.example/1.png"],"loras":{"a/b":0.4,"c/d":0.6},"count":2,"name":"cat","tags":["pets"],
             "onCreditsExhausted":"fail","reuse":"identical"}
            """;
        await using var darkroom = await FakeDarkroom.StartAsync();
        await using var session = await McpSession.StartAsync(darkroom.Url);
        var arguments = JsonNode.Parse(request)!.AsObject();
        (arguments["idempotency_key"], arguments["wait_seconds"]) = ("k1", 0);

        await session.CallAsync("generate_image", arguments.ToJsonString());

        var (key, body) = Assert.Single(darkroom.Posts);
        Assert.Equal("k1", key);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(request), body), body.ToJsonString());
    }

    [Fact]
    public async Task GenerateImage_PictureWithoutThumbnail_ReturnsOnlyTheLink()
    {
        await using var darkroom = await FakeDarkroom.StartAsync();
        await using var session = await McpSession.StartAsync(darkroom.Url);

        var result = await session.CallAsync("generate_image", new { prompt = "a cat" });

        Assert.NotEqual(true, result.IsError);
        Assert.Single(result.Content.OfType<ResourceLinkBlock>());
        Assert.Empty(result.Content.OfType<ImageContentBlock>());
    }

    [Fact]
    public async Task GenerateImage_LargeThumbnail_IsLeftOut()
    {
        await using var darkroom = await FakeDarkroom.StartAsync(fake => fake.Thumbnail = new byte[1_000_000]);
        await using var session = await McpSession.StartAsync(darkroom.Url);

        var result = await session.CallAsync("generate_image", new { prompt = "a cat" });

        Assert.NotEqual(true, result.IsError);
        Assert.Empty(result.Content.OfType<ImageContentBlock>());
    }

    [Fact]
    public async Task GenerateImage_ManyPictures_LinksAllAndInlinesTheFirstThumbnails()
    {
        await using var darkroom = await FakeDarkroom.StartAsync(fake =>
        {
            fake.Thumbnail = Thumbnail;
            fake.Look = (id, _, _) => Task.FromResult(FakeDarkroom.Succeeded(id, pictures: 16));
        });
        await using var session = await McpSession.StartAsync(darkroom.Url);

        var result = await session.CallAsync("generate_image", new { prompt = "a cat", count = 16 });

        Assert.Equal(16, result.Content.OfType<ResourceLinkBlock>().Count());
        Assert.Equal(Thumbnails.MaxInline, result.Content.OfType<ImageContentBlock>().Count());
    }
}
