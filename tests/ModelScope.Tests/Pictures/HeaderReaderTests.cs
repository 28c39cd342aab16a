using Darkroom.ModelScope.Pictures;
using Darkroom.Simulator.Paintings;
using Darkroom.TestKit;
using FsCheck.Fluent;
using MetadataExtractor.Formats.Jpeg;
using MetadataExtractor.Formats.Png;

namespace Darkroom.ModelScope.Tests.Pictures;

public sealed class HeaderReaderTests
{
    private static readonly byte[] Gif = [.. "GIF89a"u8, 0x20, 0x03, 0x58, 0x02, 0, 0, 0, 0x3B];
    private static readonly byte[] WebPLossy = [
        .. "RIFF"u8, 0, 0, 0, 0, .. "WEBPVP8 "u8, 0, 0, 0, 0, 0, 0, 0, 0x9D, 0x01, 0x2A, 0x20, 0x03, 0x58, 0x02];
    private static readonly byte[] WebPLossless = [
        .. "RIFF"u8, 0, 0, 0, 0, .. "WEBPVP8L"u8, 0, 0, 0, 0, 0x2F, 0x1F, 0xC3, 0x95, 0x00, 0, 0, 0, 0, 0];
    private static readonly byte[] WebPExtended = [
        .. "RIFF"u8, 0, 0, 0, 0, .. "WEBPVP8X"u8, 0, 0, 0, 0, 0, 0, 0, 0, 0x1F, 0x03, 0x00, 0x57, 0x02, 0x00];

    [Theory]
    [InlineData(1, 1)]
    [InlineData(64, 64)]
    [InlineData(800, 600)]
    [InlineData(17, 300)]
    public void Format_and_size_are_what_an_independent_library_says(int width, int height)
    {
        var painting = new Painting("a cat", 7, width, height);
        using var png = new MemoryStream();
        painting.WritePng(png);
        Assert.Equal(new PictureHeader(PictureFormat.Png, width, height), Read(png.ToArray()));
        png.Position = 0;
        var seen = PngMetadataReader.ReadMetadata(png).OfType<PngDirectory>().First();
        Assert.Equal(
            (width, height), ((int)seen.GetObject(PngDirectory.TagImageWidth)!, (int)seen.GetObject(PngDirectory.TagImageHeight)!));

        using var jpeg = new MemoryStream();
        painting.WriteJpeg(jpeg);
        Assert.Equal(new PictureHeader(PictureFormat.Jpeg, width, height), Read(jpeg.ToArray()));
        jpeg.Position = 0;
        var frame = JpegMetadataReader.ReadMetadata(jpeg).OfType<JpegDirectory>().First();
        Assert.Equal((width, height), (frame.GetImageWidth(), frame.GetImageHeight()));
    }

    [Fact]
    public void The_other_formats_are_known_too()
    {
        Assert.Equal(new PictureHeader(PictureFormat.Gif, 800, 600), Read(Gif));
        Assert.Equal(new PictureHeader(PictureFormat.WebP, 800, 600), Read(WebPLossy));
        Assert.Equal(new PictureHeader(PictureFormat.WebP, 800, 600), Read(WebPLossless));
        Assert.Equal(new PictureHeader(PictureFormat.WebP, 800, 600), Read(WebPExtended));
    }

    [Fact]
    public void A_jpeg_with_large_metadata_before_its_frame_is_read()
    {
        using var jpeg = new MemoryStream();
        new Painting("x", 1, 64, 48).WriteJpeg(jpeg);
        var plain = jpeg.ToArray();
        byte[] segment = [0xFF, 0xE1, 0xFF, 0xFF, .. new byte[0xFFFD]];
        byte[] padded = [.. plain[..2], .. segment, .. segment, 0xFF, .. plain[2..]];
        Assert.Equal(new PictureHeader(PictureFormat.Jpeg, 64, 48), Read(padded));
    }

    [Theory]
    [InlineData("<!DOCTYPE html>")]
    [InlineData("{\"error\":1}")]
    [InlineData("RIFFxxxxAVI LIST")]
    [InlineData("\0\0\0\0")]
    public void What_is_no_picture_is_known_at_once(string text) =>
        Assert.Equal(HeaderVerdict.NotAPicture, HeaderReader.Read(System.Text.Encoding.Latin1.GetBytes(text), out _));

    [Fact]
    public void Any_bytes_have_a_verdict_and_more_bytes_never_take_it_back() =>
        Properties.ForAll(
            from start in Gen.Elements<byte[]>(
                [], [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], [0xFF, 0xD8, 0xFF], [.. WebPLossy[..12]], [.. Gif[..4]])
            from rest in Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf()
            select (byte[])[.. start, .. rest],
            bytes =>
            {
                for (var length = 0; length < bytes.Length; length++)
                {
                    var verdict = HeaderReader.Read(bytes.AsSpan(0, length), out var header);
                    if (verdict != HeaderVerdict.NeedsMore && (verdict != HeaderReader.Read(bytes, out var whole) || whole != header))
                        return false;
                }

                return true;
            });

    private static PictureHeader Read(byte[] bytes)
    {
        Assert.Equal(HeaderVerdict.Found, HeaderReader.Read(bytes, out var header));
        return header;
    }
}
