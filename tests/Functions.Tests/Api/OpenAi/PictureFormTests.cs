using System.Text.Json;
using System.Text.Json.Nodes;
using Darkroom.Api.OpenAi;
using Darkroom.ModelScope.Pictures;
using SkiaSharp;

namespace Darkroom.Functions.Tests.Api.OpenAi;

/// <summary>The bytes of pictures in responses: base64 in blocks, and conversions.</summary>
public sealed class PictureFormTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(49_151)]
    [InlineData(49_152)]
    [InlineData(49_153)]
    [InlineData(1_000_000)]
    public async Task WriteBase64Async_AnyLength_IsTheWholePicture(int length)
    {
        var picture = new byte[length];
        new Random(length).NextBytes(picture);
        using var body = new MemoryStream();
        await using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            await PictureJson.WriteBase64Async(json, new TricklingStream(picture), TestContext.Current.CancellationToken);
            json.WriteEndObject();
        }

        Assert.Equal(picture, Convert.FromBase64String(JsonNode.Parse(body.ToArray())!["b64_json"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData(PictureFormat.Jpeg)]
    [InlineData(PictureFormat.WebP)]
    [InlineData(PictureFormat.Png)]
    public async Task ConvertAsync_TransparentPicture_HasTheWantedFormatAndSize(PictureFormat wanted)
    {
        using var conversion = new PictureConversion();
        await using var converted = await conversion.ConvertAsync(
            new MemoryStream(Transparent()), wanted, TestContext.Current.CancellationToken);
        using var bytes = new MemoryStream();
        await converted.CopyToAsync(bytes, TestContext.Current.CancellationToken);
        Assert.Equal(HeaderVerdict.Found, HeaderReader.Read(bytes.ToArray(), out var header));
        Assert.Equal((wanted, 40, 30), (header.Format, header.Width, header.Height));
        using var picture = SKBitmap.Decode(bytes.ToArray());
        Assert.Equal(wanted == PictureFormat.Jpeg ? SKColors.White : SKColors.Empty, picture.GetPixel(5, 5));
    }

    [Fact]
    public async Task ConvertAsync_NoPicture_ThrowsAndTheNextOneIsConverted()
    {
        using var conversion = new PictureConversion();
        await Assert.ThrowsAsync<InvalidDataException>(
            () => conversion.ConvertAsync(new MemoryStream([1, 2, 3]), PictureFormat.Png, TestContext.Current.CancellationToken));
        await using var converted = await conversion.ConvertAsync(
            new MemoryStream(Transparent()), PictureFormat.WebP, TestContext.Current.CancellationToken);
        Assert.True(converted.Length > 0);
    }

    private static byte[] Transparent()
    {
        using var picture = new SKBitmap(40, 30, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        picture.Erase(SKColors.Transparent);
        using var png = picture.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    /// <summary>A stream that returns fewer bytes than are asked for, as a network stream does.</summary>
    private sealed class TricklingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, 1000)], cancellationToken);
    }
}
