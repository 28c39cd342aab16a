using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using Darkroom.Jobs.Thumbnails;
using SkiaSharp;
using static Darkroom.Functions.Tests.Jobs.Thumbnails.SamplePicture;

namespace Darkroom.Functions.Tests.Jobs.Thumbnails;

/// <summary>Size, colours and orientation of thumbnails.</summary>
public sealed class ThumbnailMakerTests
{
    public static TheoryData<string> AllFormats => [.. Formats];

    [Theory]
    [MemberData(nameof(AllFormats))]
    public void Make_EachFormat_ShowsTheWholePicture(string format)
    {
        using var thumbnail = Thumbnail(Encode(format, 1024, 768));
        Assert.Equal((512, 384), (thumbnail.Width, thumbnail.Height));
        AssertCorners(thumbnail, SKColors.Red, SKColors.Lime, SKColors.Blue, SKColors.White);
    }

    [Theory]
    [InlineData(512, 512, 512, 512)]
    [InlineData(513, 100, 512, 100)]
    [InlineData(100, 60, 100, 60)]
    [InlineData(64, 64, 64, 64)]
    [InlineData(1, 1, 1, 1)]
    [InlineData(3, 2, 3, 2)]
    [InlineData(1, 2000, 1, 512)]
    [InlineData(5000, 2, 512, 1)]
    [InlineData(1440, 1440, 512, 512)]
    [InlineData(2048, 1152, 512, 288)]
    [InlineData(777, 1001, 397, 512)]
    public void Make_EachSize_KeepsTheAspectAndIsNeverLarger(int width, int height, int expectedWidth, int expectedHeight)
    {
        foreach (var format in Formats)
        {
            using var thumbnail = Thumbnail(Encode(format, width, height));
            Assert.Equal((format, expectedWidth, expectedHeight), (format, thumbnail.Width, thumbnail.Height));
        }
    }

    [Theory]
    [InlineData(1, 0, 1, 2, 3)]
    [InlineData(2, 1, 0, 3, 2)]
    [InlineData(3, 3, 2, 1, 0)]
    [InlineData(4, 2, 3, 0, 1)]
    [InlineData(5, 0, 2, 1, 3)]
    [InlineData(6, 2, 0, 3, 1)]
    [InlineData(7, 3, 1, 2, 0)]
    [InlineData(8, 1, 3, 0, 2)]
    public void Make_ExifOrientation_IsApplied(int orientation, params int[] corners)
    {
        SKColor[] colors = [SKColors.Red, SKColors.Lime, SKColors.Blue, SKColors.White];
        using var thumbnail = Thumbnail(WithOrientation(Encode("jpeg", 1200, 600), orientation));
        Assert.Equal(orientation < 5 ? (512, 256) : (256, 512), (thumbnail.Width, thumbnail.Height));
        AssertCorners(thumbnail, [.. corners.Select(corner => colors[corner])]);
    }

    // The decoder alone would take minutes for this picture.
    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    public void Make_PngWithALargeExtraPart_IsMadeWithoutIt(int megabytes)
    {
        var plain = Encode("png", 640, 480);
        var padded = WithPart(plain, "paDd", megabytes << 20);
        using (var bare = PngExtras.Without(padded))
            Assert.Equal(megabytes == 1 ? null : plain, bare?.ToArray());
        using var thumbnail = Thumbnail(padded);
        Assert.Equal((512, 384), (thumbnail.Width, thumbnail.Height));
        AssertCorners(thumbnail, SKColors.Red, SKColors.Lime, SKColors.Blue, SKColors.White);
    }

    [Fact]
    public void PngExtras_AnyBytesAfterTheSignature_NeverThrows()
    {
        var chance = new Random(1);
        var plain = WithPart(Encode("png", 64, 64), "paDd", 2 << 20);
        for (var run = 0; run < 200; run++)
        {
            var cut = plain[..chance.Next(plain.Length)];
            if (cut.Length > 8)
                cut[chance.Next(8, Math.Min(cut.Length, 60))] = (byte)chance.Next(256);
            using var bare = PngExtras.Without(cut);
            Assert.True(bare is null || bare.Size < cut.Length);
        }
    }

    [Fact]
    public void Make_FineDetail_IsAveragedAndNotSkipped()
    {
        using var surface = SKSurface.Create(new SKImageInfo(1024, 1024))!;
        surface.Canvas.Clear(SKColors.Black);
        using var white = new SKPaint { Color = SKColors.White, IsAntialias = false };
        for (var column = 0; column < 1024; column += 2)
            surface.Canvas.DrawRect(column, 0, 1, 1024, white);
        using var thumbnail = Thumbnail(Encode(surface, "png"));
        Assert.All(
            Enumerable.Range(1, 500), at => Assert.InRange(thumbnail.GetPixel(at, at).Green, (byte)120, (byte)136));
    }

    [Fact]
    public void Make_TransparentPicture_StaysTransparent()
    {
        using var surface = SKSurface.Create(new SKImageInfo(1024, 512, SKColorType.Rgba8888, SKAlphaType.Premul))!;
        using var red = new SKPaint { Color = SKColors.Red };
        surface.Canvas.DrawRect(512, 0, 512, 512, red);
        using var thumbnail = Thumbnail(Encode(surface, "png"));
        Assert.Equal(0, thumbnail.GetPixel(100, 100).Alpha);
        Assert.Equal(255, thumbnail.GetPixel(400, 100).Alpha);
        Assert.InRange(thumbnail.GetPixel(400, 100).Red, (byte)245, (byte)255);
    }

    [Fact]
    public void Make_PictureOfSeveralStrips_JoinsThem()
    {
        // At four bytes for each pixel, this picture does not fit into the memory of a thumbnail.
        using var thumbnail = Thumbnail(Encode("png", 4500, 4500));
        Assert.Equal((512, 512), (thumbnail.Width, thumbnail.Height));
        AssertCorners(thumbnail, SKColors.Red, SKColors.Lime, SKColors.Blue, SKColors.White);
    }

    private static void AssertCorners(SKBitmap shown, params SKColor[] expected)
    {
        var (right, bottom) = (shown.Width * 9 / 10, shown.Height * 9 / 10);
        SKColor[] seen = [
            shown.GetPixel(shown.Width / 10, shown.Height / 10), shown.GetPixel(right, shown.Height / 10),
            shown.GetPixel(shown.Width / 10, bottom), shown.GetPixel(right, bottom)];
        // The encoders of JPEG and WebP change colours a little.
        Assert.All(expected.Zip(seen), pair =>
        {
            Assert.InRange(pair.Second.Red - pair.First.Red, -12, 12);
            Assert.InRange(pair.Second.Green - pair.First.Green, -12, 12);
            Assert.InRange(pair.Second.Blue - pair.First.Blue, -12, 12);
        });
    }

    // A part that decoders may ignore, before the last part of the file.
    private static byte[] WithPart(byte[] png, string name, int length)
    {
        const int lastPart = 12;
        var part = new byte[length + 12];
        BinaryPrimitives.WriteInt32BigEndian(part, length);
        Encoding.ASCII.GetBytes(name, part.AsSpan(4));
        BinaryPrimitives.WriteUInt32BigEndian(part.AsSpan(length + 8), Crc32.HashToUInt32(part.AsSpan(4, length + 4)));
        return [.. png[..^lastPart], .. part, .. png[^lastPart..]];
    }
}
