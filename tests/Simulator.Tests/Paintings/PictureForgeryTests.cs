using Darkroom.Simulator.Paintings;
using MetadataExtractor;

namespace Darkroom.Simulator.Tests.Paintings;

public sealed class PictureForgeryTests
{
    [Fact]
    public void A_bomb_claims_to_be_enormous_in_a_few_well_formed_bytes()
    {
        using var stream = new MemoryStream();

        PictureForgery.PngBomb(stream, 60_000, 60_000);

        Assert.InRange(stream.Length, 100, 64 * 1024);
        var png = PngReader.Read(stream.ToArray());
        Assert.Equal((60_000, 60_000), png.Size());
        Assert.Equal("IEND", png.Chunks[^1].Type);
        Assert.True(png.InflatedData().Length > 100 * stream.Length);
    }

    [Fact]
    public void A_bomb_of_a_modest_size_is_simply_a_black_picture()
    {
        using var stream = new MemoryStream();

        PictureForgery.PngBomb(stream, 100, 50);

        Assert.All(PngReader.Read(stream.ToArray()).Decode().Rgb, value => Assert.Equal(0, value));
    }

    [Fact]
    public void A_truncated_picture_is_the_first_half()
    {
        var picture = Encoded.Png(new Painting("half", 1, 64, 64));

        var truncated = PictureForgery.Truncated(picture);

        Assert.Equal(picture[..(picture.Length / 2)], truncated);
    }

    [Fact]
    public void What_is_not_a_picture_is_a_web_page()
    {
        using var stream = new MemoryStream(PictureForgery.NotAPicture());

        Assert.Throws<ImageProcessingException>(() => ImageMetadataReader.ReadMetadata(stream));
        Assert.StartsWith("<!DOCTYPE html>", System.Text.Encoding.UTF8.GetString(stream.ToArray()));
    }
}
