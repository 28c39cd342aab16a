using Darkroom.Jobs.Thumbnails;
using Darkroom.ModelScope.Pictures;
using Darkroom.TestKit;
using FsCheck.Fluent;

namespace Darkroom.Functions.Tests.Jobs.Thumbnails;

/// <summary>The memory of a thumbnail: what is requested for pixels, the decoder and the file.</summary>
public sealed class DecodePlanTests
{
    private static readonly byte[] SequentialJpeg = Jpeg(0xC0, scanComponents: 3);
    private static readonly byte[] ProgressiveJpeg = Jpeg(0xC2, scanComponents: 3);
    private static readonly byte[] SeparateJpeg = Jpeg(0xC0, scanComponents: 1);
    private static readonly byte[] Png = PngFile(interlace: 0);
    private static readonly byte[] InterlacedPng = PngFile(interlace: 1);

    [Fact]
    public void For_64Megapixels_FitsIfTheFormatIsDecodedInParts()
    {
        Assert.InRange(Bytes(PictureFormat.Png, 8000, 8000, Png), 1, DecodePlan.MaxBytes);
        Assert.InRange(Bytes(PictureFormat.Jpeg, 8000, 8000, SequentialJpeg), 1, 12 << 20);
        Assert.InRange(Bytes(PictureFormat.WebP, 8000, 8000, WebP("VP8 ")), 1, 12 << 20);
    }

    [Fact]
    public void For_64Megapixels_IsRefusedIfTheDecoderKeepsThemAll()
    {
        AssertRefused(PictureFormat.Png, InterlacedPng);
        AssertRefused(PictureFormat.Jpeg, ProgressiveJpeg);
        AssertRefused(PictureFormat.Jpeg, SeparateJpeg);
        AssertRefused(PictureFormat.WebP, WebP("VP8L"));
        AssertRefused(PictureFormat.WebP, WebP("VP8X"));
        AssertRefused(PictureFormat.Gif, new byte[100]);
    }

    [Theory]
    [InlineData(PictureFormat.Png, 2048, 2048)]
    [InlineData(PictureFormat.Jpeg, 2048, 2048)]
    [InlineData(PictureFormat.WebP, 2048, 2048)]
    [InlineData(PictureFormat.Gif, 2048, 2048)]
    public void For_LargestPictureOfModelScope_FitsInEveryKind(PictureFormat format, int width, int height)
    {
        foreach (var file in new[] { Png, InterlacedPng, SequentialJpeg, ProgressiveJpeg, SeparateJpeg, WebP("VP8L"), WebP("VP8X") })
            Assert.InRange(Bytes(format, width, height, file), 1, DecodePlan.MaxBytes);
    }

    [Fact]
    public void For_AnyPicture_StaysWithinTheLimitsOrIsRefused() => Properties.ForAll(
        from format in Gen.Elements(PictureFormat.Png, PictureFormat.Jpeg, PictureFormat.WebP, PictureFormat.Gif)
        from width in Gen.Choose(1, 70_000)
        from height in Gen.OneOf(Gen.Choose(1, 70_000), Gen.Choose(1, 2000))
        from kilobytes in Gen.Choose(1, 70_000)
        from kind in Gen.Elements(SequentialJpeg, ProgressiveJpeg, Png, InterlacedPng)
        select (header: new PictureHeader(format, width, height), kilobytes, kind),
        one =>
        {
            var file = new byte[one.kilobytes << 10];
            one.kind.CopyTo(file, 0);
            return DecodePlan.For(one.header, file) is not DecodePlan.Decode plan
                || (plan.Bytes <= DecodePlan.MaxBytes && one.header.Pixels <= DecodePlan.MaxPixels && plan.StripRows > 0
                    && plan.Thumbnail.Width is > 0 and <= DecodePlan.LongestSide
                    && plan.Thumbnail.Height is > 0 and <= DecodePlan.LongestSide
                    && plan.Bytes > file.Length + (4L * plan.StripRows * one.header.Width * plan.Scale));
        },
        cases: 1000);

    private static long Bytes(PictureFormat format, int width, int height, byte[] file) =>
        Assert.IsType<DecodePlan.Decode>(DecodePlan.For(new PictureHeader(format, width, height), file)).Bytes;

    private static void AssertRefused(PictureFormat format, byte[] file) =>
        Assert.IsType<DecodePlan.Refused>(DecodePlan.For(new PictureHeader(format, 8000, 8000), file));

    private static byte[] Jpeg(byte frame, byte scanComponents) => [
        0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 1, 0xFF, frame, 0, 17, 8, 0x1F, 0x40, 0x1F, 0x40, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1,
        0xFF, 0xDA, 0, 12, scanComponents, 1, 0, 2, 0x11, 3, 0x11, 0, 63, 0];

    private static byte[] PngFile(byte interlace)
    {
        var file = new byte[64];
        file[28] = interlace;
        return file;
    }

    private static byte[] WebP(string kind) => [.. "RIFF\0\0\0\0WEBP"u8, .. System.Text.Encoding.ASCII.GetBytes(kind), .. new byte[64]];
}
